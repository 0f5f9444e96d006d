// SPDX-License-Identifier: GPL-2.0-or-later
// A chip on the bench, with a wire to each pin: the same for every kind of chip.
#pragma once

#include <memory>
#include <string>

#include "core/chip/chip.h"

namespace gpiobroker::test {

/// Lines of every chip on the bench; enough for more than one request can take. They have the
/// names of a Raspberry Pi 4's, and from 58 on none.
inline constexpr std::uint32_t kLineCount = 70;
inline constexpr const char* kLabel = "pinctrl-bcm2711";

class ChipBench {
 public:
  ChipBench() = default;
  ChipBench(const ChipBench&) = delete;
  ChipBench& operator=(const ChipBench&) = delete;
  virtual ~ChipBench() = default;

  [[nodiscard]] virtual core::Chip& chip() = 0;

  /// Puts a level on a pin from outside.
  virtual void drive(core::Offset line, bool high) = 0;

  /// The level on a pin, as seen from outside.
  [[nodiscard]] virtual bool is_high(core::Offset line) const = 0;

  /// Unplugs the chip. Not every kind can be.
  virtual void unplug() = 0;
};

/// What a suite is instantiated with: a kind of chip, and how to make one.
struct BenchKind {
  std::string name;
  std::unique_ptr<ChipBench> (*make)();
};

/// For the names of the tests.
inline std::ostream& operator<<(std::ostream& out, const BenchKind& kind) {
  return out << kind.name;
}

}  // namespace gpiobroker::test
