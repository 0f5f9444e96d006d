// SPDX-License-Identifier: GPL-2.0-or-later
// The registers of the Raspberry Pi 4's pin controller, and what they say of a pin.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>

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

  /// The three bits of a pin's function: 0 is an input, 1 an output, others are its alternatives.
  [[nodiscard]] std::uint32_t function_bits(unsigned offset) const;

  /// The word that switches a pin to a function and leaves the others, and its address.
  [[nodiscard]] std::pair<std::uint64_t, std::uint32_t> with_function(unsigned offset,
                                                                      std::uint32_t bits) const;
};

}  // namespace gpiobroker::test
