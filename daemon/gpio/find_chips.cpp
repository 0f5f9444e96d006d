// SPDX-License-Identifier: GPL-2.0-or-later
// Looks for gpiochipN in the folder.
#include "gpio/find_chips.h"

#include <map>

#include <gpiod.hpp>

#include "core/text.h"
#include "gpio/kernel_chip.h"

namespace gpiobroker::gpio {
namespace {

constexpr std::string_view kPrefix = "gpiochip";

/// The N of "gpiochipN", or -1.
int chip_number(const std::filesystem::path& path) {
  const std::string name = path.filename();
  if (!name.starts_with(kPrefix)) return -1;
  return core::number_in(std::string_view(name).substr(kPrefix.size()));
}

/// Device nodes by number, so that gpiochip10 comes after gpiochip9.
std::map<int, std::filesystem::path> device_nodes(const std::filesystem::path& folder) {
  std::map<int, std::filesystem::path> nodes;
  std::error_code gone;  // of an entry that was removed while we looked
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const int number = chip_number(entry.path());
    if (number < 0 || entry.is_symlink(gone)) continue;
    if (gpiod::is_gpiochip_device(entry.path())) nodes.emplace(number, entry.path());
  }
  return nodes;
}

}  // namespace

FoundChips find_chips(const std::filesystem::path& folder) {
  FoundChips found;
  for (const auto& [number, path] : device_nodes(folder)) {
    auto chip = KernelChip::open(path);
    if (chip) {
      found.opened.push_back(std::move(*chip));
    } else {
      found.unopened.push_back({path, chip.error().message});
    }
  }
  return found;
}

}  // namespace gpiobroker::gpio
