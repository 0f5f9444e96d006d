// SPDX-License-Identifier: GPL-2.0-or-later
// What a pin controller of the kernel's says of its pins, in the words of its files in debugfs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/line/pin_use.h"

namespace gpiobroker::gpio {

/// One pin, from both files. Empty is what the files do not tell.
struct PinEntry {
  std::string selected;     ///< the function that its register says, such as "alt5" or "gpio_in"
  std::string owner;        ///< the device whose driver has claimed it, such as "fe215040.serial"
  std::string claimed_for;  ///< the function that it has claimed it for
  std::string gpio_chip;    ///< the label of the GPIO chip that it is a line of
  std::uint32_t gpio_offset = 0;

  bool operator==(const PinEntry&) const = default;
};

/// Pins by their numbers, which are the controller's own.
using PinTable = std::map<std::uint32_t, PinEntry>;

/// Adds what "pins" says (drivers/pinctrl/core.c): the line of each pin, from Linux 5.11 on, and
/// what its driver adds, of which the function is read where there is one (pinctrl-bcm2835.c,
/// pinctrl-rp1.c, pinctrl-brcmstb.c). Lines that are none of a pin's are passed over.
void add_pins(std::string_view text, PinTable& table);

/// Adds what "pinmux-pins" says (drivers/pinctrl/pinmux.c), in the words for controllers that are
/// strict and for those that are not. Not entered is what a controller has claimed for itself
/// ("HOG"): many do that with pins that are GPIO lines, under a name that does not say so.
void add_claims(std::string_view text, PinTable& table);

/// What that means for a line.
[[nodiscard]] core::PinUse use_of(const PinEntry& pin);

}  // namespace gpiobroker::gpio
