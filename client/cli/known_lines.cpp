// SPDX-License-Identifier: LGPL-2.1-or-later
// Asks the bus for chips and lines, and this machine's own /dev for links.
#include "cli/known_lines.h"

#include <algorithm>
#include <filesystem>

#include "core/line/pi_header.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> links_to(const std::string& device) {
  std::vector<std::string> links;
  std::error_code unknown;
  if (device.empty()) return links;
  const fs::path folder = fs::path(device).parent_path();
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, unknown)) {
    if (entry.is_symlink(unknown) && fs::canonical(entry.path(), unknown) == device) {
      links.push_back(entry.path().filename());
    }
  }
  return links;
}

std::vector<core::LineFacts> facts_of(const Inventory& inventory) {
  std::vector<core::LineFacts> lines;
  for (const LineInfo& line : inventory.lines) {
    const auto chip = std::ranges::find(inventory.chips, line.chip_path, &ChipInfo::path);
    if (chip == inventory.chips.end()) continue;
    core::LineFacts facts{.chip = chip->name,
                          .label = chip->label,
                          .offset = core::Offset{line.offset},
                          .name = line.name,
                          .on_header = core::carries_header(chip->label)};
    const bool same_chip = !lines.empty() && lines.back().chip == facts.chip;
    facts.links = same_chip ? lines.back().links : links_to(chip->device);
    facts.label_is_a_name = std::ranges::any_of(inventory.chips, [&](const ChipInfo& other) {
      return other.name != facts.chip && other.name == facts.label;
    });
    lines.push_back(std::move(facts));
  }
  return lines;
}

}  // namespace

std::optional<std::vector<core::LineFacts>> known_lines(const std::string& address) {
  try {
    Broker broker(address);
    if (!broker.is_running()) return std::nullopt;
    return facts_of(broker.inventory());
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace gpiobroker::cli
