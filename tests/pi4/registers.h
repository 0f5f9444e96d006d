// SPDX-License-Identifier: GPL-2.0-or-later
// The registers of the Raspberry Pi 4's pin controller, and what they say of a pin.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace gpiobroker::test {

enum class Function { input, output, alternate };
enum class Pull { none, up, down, reserved };

struct Pin {
  Function function;
  Pull pull;
  bool level;  ///< QEMU models it for outputs only

  bool operator==(const Pin&) const = default;
};

/// As in "output at 1, pull up" or "input, pull none".
std::string text(const Pin& pin);

/// As in BCM2711 ARM Peripherals, chapter 5.
struct Registers {
  static constexpr std::uint64_t kFunctionSelect = 0xfe200000;
  static constexpr std::uint64_t kLevel = 0xfe200034;
  static constexpr std::uint64_t kPull = 0xfe2000e4;

  std::array<std::uint32_t, 6> function_select{};
  std::array<std::uint32_t, 2> level{};
  std::array<std::uint32_t, 4> pull{};

  [[nodiscard]] Pin pin(unsigned offset) const;
};

}  // namespace gpiobroker::test
