// SPDX-License-Identifier: GPL-2.0-or-later
// Which pins of which pin controllers the lines of a GPIO chip are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gpiobroker::gpio {

/// Lines that follow each other, and the pins that they are.
struct PinRange {
  std::filesystem::path controller;  ///< its folder in debugfs
  std::uint32_t first_offset = 0;
  std::uint32_t first_pin = 0;
  std::uint32_t count = 0;

  bool operator==(const PinRange&) const = default;
};

/// Where the kernel tells of a machine's chips and pin controllers.
struct PinSources {
  std::filesystem::path sysfs = "/sys";
  std::filesystem::path controllers = "/sys/kernel/debug/pinctrl";
};

/// From "gpio-ranges" of the chip's own node in the device tree, which names the controller by its
/// phandle. Neither names nor numbers would do: of three controllers of a Raspberry Pi 5 each has a
/// pin 14 called "gpio14", and the numbers in debugfs's own "gpio-ranges" are those of all chips
/// together, which the chip's device does not tell. A range of pins that are named one by one, or
/// of a controller that is not in debugfs, is left out.
[[nodiscard]] std::vector<PinRange> ranges_in_device_tree(const PinSources& sources,
                                                          const std::string& chip);

/// Controllers that bear the name of the chip's device, as where one driver is both; for chips
/// without "gpio-ranges", as where there is no device tree. Which of their pins are the chip's,
/// their "pins" say.
[[nodiscard]] std::vector<std::filesystem::path> own_controllers(const PinSources& sources,
                                                                 const std::string& chip);

}  // namespace gpiobroker::gpio
