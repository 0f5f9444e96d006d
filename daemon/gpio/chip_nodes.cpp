// SPDX-License-Identifier: GPL-2.0-or-later
// Looks for gpiochipN in the folder.
#include "gpio/chip_nodes.h"

#include <algorithm>

#include <sys/stat.h>
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

}  // namespace

/// By number, so that gpiochip10 comes after gpiochip9.
std::map<int, ChipNodes::Node> ChipNodes::nodes() const {
  std::map<int, Node> nodes;
  std::error_code gone;  // of an entry that was removed while we looked
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const int number = chip_number(entry.path());
    if (number < 0 || entry.is_symlink(gone)) continue;
    struct stat status {};
    if (stat(entry.path().c_str(), &status) != 0) continue;
    if (!gpiod::is_gpiochip_device(entry.path())) continue;
    nodes.emplace(number, Node{entry.path(), {status.st_rdev, status.st_ino}});
  }
  return nodes;
}

ChipNodes::Changes ChipNodes::look() {
  Changes changes;
  const std::map<int, Node> now = nodes();
  std::erase_if(known_, [&](const auto& known) {
    const auto& path = known.first;
    const auto& identity = known.second;
    const bool still_there = std::ranges::any_of(now, [&](const auto& entry) {
      return entry.second.path == path && entry.second.identity == identity;
    });
    if (!still_there) changes.gone.push_back(path);
    return !still_there;
  });
  for (const auto& [number, node] : now) {
    if (!known_.contains(node.path)) open(node, changes);
  }
  return changes;
}

void ChipNodes::open(const Node& node, Changes& changes) {
  auto chip = KernelChip::open(node.path, loop_);
  if (chip) {
    known_.emplace(node.path, node.identity);
    changes.opened.push_back(std::move(*chip));
  } else {
    changes.unopened.push_back({node.path, chip.error().message});
  }
}

}  // namespace gpiobroker::gpio
