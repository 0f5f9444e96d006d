// SPDX-License-Identifier: GPL-2.0-or-later
// A line as the kernel shows it, past the broker.
#pragma once

#include <string>

#include <gpiod.hpp>

#include "harness/board.h"

namespace gpiobroker::test {

/// What the chip's driver itself says of a line in /sys/kernel/debug/gpio, such as
/// "(gpiobroker:blink) output-high,pull-up"; "(<unused>)" for one that nobody holds.
[[nodiscard]] std::string debug_text(const std::string& chip_name, unsigned offset);

/// Whether its driver drives a pin, past the broker, whose own look might fail, and without its
/// device node.
[[nodiscard]] bool is_driven(const std::string& chip_name, unsigned offset);
[[nodiscard]] bool is_driven(const Board& board, Pin pin);

/// What programs are told of a line.
[[nodiscard]] gpiod::line_info line_info(const std::string& chip_name, unsigned offset);

/// Holds a line without the broker, until it ends.
[[nodiscard]] gpiod::line_request hold_directly(const std::string& chip_name, unsigned offset,
                                                const std::string& consumer,
                                                gpiod::line::direction direction);

}  // namespace gpiobroker::test
