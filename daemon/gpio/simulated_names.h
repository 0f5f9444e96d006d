// SPDX-License-Identifier: GPL-2.0-or-later
// Names for the lines of a simulated chip.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gpiobroker::gpio {

/// One name a line, in the order of the offsets: those of a Raspberry Pi 4 for the label of a
/// Pi's chip, empty beyond its 58 lines; those of an expander, EXP0, EXP1 and so on, for any other.
[[nodiscard]] std::vector<std::string> simulated_names(std::string_view chip_label,
                                                       std::uint32_t line_count);

}  // namespace gpiobroker::gpio
