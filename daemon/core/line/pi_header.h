// SPDX-License-Identifier: GPL-2.0-or-later
// The 40-pin header of the Raspberry Pi: which pin carries which line.
#pragma once

#include <optional>
#include <string_view>

#include "core/line/line_id.h"

namespace gpiobroker::core {

/// The line (its BCM number, which is its offset on every Pi's header chip) at a pin of the
/// 40-pin header J8, pins counted from 1; nothing for power and ground pins, and beyond 40.
/// Source: Raspberry Pi documentation, "GPIO and the 40-pin header".
[[nodiscard]] std::optional<Offset> line_at_header_pin(int pin);

/// The pin of the header that carries a line, the other way round.
[[nodiscard]] std::optional<int> header_pin_of(Offset line);

/// Whether a chip with this label carries the header: the pin controllers of the Pi 1 to 5.
[[nodiscard]] bool carries_header(std::string_view chip_label);

}  // namespace gpiobroker::core
