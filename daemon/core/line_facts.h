// SPDX-License-Identifier: GPL-2.0-or-later
// What a line can be named by: what rules know of it, and aliases.
#pragma once

#include <map>
#include <string>

#include "core/line_id.h"

namespace gpiobroker::core {

struct LineFacts {
  std::string chip;   ///< the chip's name, such as "gpiochip0"
  std::string label;  ///< the chip's label, such as "pinctrl-rp1"
  Offset offset;
  std::string name = {};   ///< empty where the device tree gives none
  bool on_header = false;  ///< the chip carries the 40-pin header: its offsets are BCM numbers
};

/// Names of the administrator's for lines: alias to line spec.
using Aliases = std::map<std::string, std::string, std::less<>>;

}  // namespace gpiobroker::core
