// SPDX-License-Identifier: GPL-2.0-or-later
// What the pins of a GPIO chip's lines do, as the kernel's pin controllers tell.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/chip/chip.h"
#include "gpio/pin_ranges.h"

namespace gpiobroker::gpio {

/// Reads debugfs, where that is mounted and the kernel lets us; knows nothing where not, nor of
/// chips that are on no pin controller, such as expanders.
class PinFunctions {
 public:
  explicit PinFunctions(PinSources sources = {}) : sources_(std::move(sources)) {}

  /// What the pin of a chip's line does. What was read in a turn serves for the rest of it, since
  /// some ask for all lines one by one; without a turn it is read anew.
  [[nodiscard]] std::optional<core::PinUse> use_of(const core::ChipInfo& chip, core::Offset offset,
                                                   std::optional<std::uint64_t> turn);

  /// The broker itself has done something that may have changed it.
  void forget() { read_in_.reset(); }

 private:
  using Uses = std::map<core::Offset, core::PinUse>;

  [[nodiscard]] Uses read(const core::ChipInfo& chip);
  [[nodiscard]] Uses read_ranges();
  [[nodiscard]] Uses read_own_controllers(const core::ChipInfo& chip) const;

  PinSources sources_;
  std::vector<PinRange> ranges_;          // as long as their controllers are there
  Uses uses_;                             // of the lines that something is told of
  std::optional<std::uint64_t> read_in_;  // the turn in which they were read
};

}  // namespace gpiobroker::gpio
