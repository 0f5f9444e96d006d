// SPDX-License-Identifier: GPL-2.0-or-later
// Finds settings that no chip could take, before any chip is asked.
#pragma once

#include "core/base/result.h"
#include "core/line/settings.h"

namespace gpiobroker::core {

/// Refuses combinations that the kernel refuses without saying which setting it minds
/// (drivers/gpio/gpiolib-cdev.c, gpio_v2_line_flags_validate).
[[nodiscard]] Result<void> validate(const LineSettings& settings);

}  // namespace gpiobroker::core
