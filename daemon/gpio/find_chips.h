// SPDX-License-Identifier: GPL-2.0-or-later
// Finds and opens the GPIO chips of this machine.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/chip.h"

namespace gpiobroker::gpio {

struct UnopenedChip {
  std::filesystem::path path;
  std::string why;  ///< for a person: what is wrong, and what to do where that is known
};

struct FoundChips {
  std::vector<std::unique_ptr<core::Chip>> opened;
  std::vector<UnopenedChip> unopened;
};

/// Every GPIO chip under a folder of device nodes, in the order of their numbers. Symbolic links
/// are passed over, so that no chip is found twice.
[[nodiscard]] FoundChips find_chips(const std::filesystem::path& folder = "/dev");

}  // namespace gpiobroker::gpio
