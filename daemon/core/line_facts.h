// SPDX-License-Identifier: GPL-2.0-or-later
// What a rule can know of a line: everything that the line can be named by.
#pragma once

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

}  // namespace gpiobroker::core
