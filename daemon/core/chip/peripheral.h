// SPDX-License-Identifier: GPL-2.0-or-later
// Refuses lines whose pins serve a peripheral, unless they are to be taken from it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/chip/held_lines.h"

namespace gpiobroker::core {

/// What the pin of a line does, or nothing where nobody tells.
///
/// To take such a line and give it back, or only to read it, is to take the pin from its peripheral
/// for good: some drivers make an input of any pin whose line is closed.
[[nodiscard]] std::optional<PinUse> pin_use(const ChipSet& chips, LineId line);

/// The function of a pin that serves a peripheral; empty if it does not, or nobody tells.
[[nodiscard]] std::string peripheral_of(const ChipSet& chips, LineId line);

/// Refuses a line that nobody holds yet and whose pin serves a peripheral: serves_peripheral. The
/// pin of a line that is held is the broker's already.
[[nodiscard]] Result<void> check_no_peripheral(const HeldLines& held, LineId line);

/// The refusal for a line whose pin has this function.
[[nodiscard]] Refusal serves_peripheral(const ChipSet& chips, LineId line,
                                        const std::string& function);

}  // namespace gpiobroker::core
