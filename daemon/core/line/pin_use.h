// SPDX-License-Identifier: GPL-2.0-or-later
// What a pin does instead of being a GPIO line.
#pragma once

#include <string>

namespace gpiobroker::core {

/// A UART, an I2C or SPI bus, a clock: whatever a pin is switched to, or is claimed for by a driver
/// of the kernel's that counts on it. The kernel calls the line of such a pin free.
struct PinUse {
  std::string function;   ///< for people, such as "alt5 of fe215040.serial"; empty: a GPIO line
  bool selected = false;  ///< the pin is switched to it now, and so not driven by its GPIO line

  [[nodiscard]] bool serves_peripheral() const { return !function.empty(); }
  bool operator==(const PinUse&) const = default;
};

}  // namespace gpiobroker::core
