// SPDX-License-Identifier: LGPL-2.1-or-later
// Settings of one line as the kernel takes them.
#pragma once

#include <cstdint>

#include <linux/gpio.h>

#include "gpiobroker/settings.h"

namespace gpiobroker::detail {

/// Makes the line of this bit what the settings say, and leaves the others of the request as they
/// are. Throws Error: InvalidSetting without a direction, UnknownSetting for what is none of a
/// line.
[[nodiscard]] gpio_v2_line_config to_kernel(std::uint32_t bit, const Settings& settings);

}  // namespace gpiobroker::detail
