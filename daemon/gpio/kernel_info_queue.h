// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's queue of line-info events, through libgpiod.
#pragma once

#include <filesystem>
#include <memory>

#include <gpiod.hpp>

#include "core/base/result.h"
#include "gpio/info_queue.h"

namespace gpiobroker::gpio {

/// Opens the device of a chip once more by its node, for a queue of its own. Refused: permission,
/// chip_gone, hardware_failure; also where the node leads to another chip by now.
[[nodiscard]] core::Result<std::shared_ptr<InfoQueue>> open_info_queue(
    const gpiod::chip& chip, const std::filesystem::path& path);

}  // namespace gpiobroker::gpio
