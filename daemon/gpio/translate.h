// SPDX-License-Identifier: GPL-2.0-or-later
// Translates between the core's settings and libgpiod's.
#pragma once

#include <gpiod.hpp>

#include "core/chip/chip.h"

namespace gpiobroker::gpio {

[[nodiscard]] gpiod::line_settings to_gpiod(const core::LineSettings& from);
[[nodiscard]] gpiod::line::value to_gpiod(core::Value from);
[[nodiscard]] core::Value from_gpiod(gpiod::line::value from);
[[nodiscard]] core::LineEdge from_gpiod(const gpiod::edge_event& event);
[[nodiscard]] core::LineInfo from_gpiod(const gpiod::line_info& from);

}  // namespace gpiobroker::gpio
