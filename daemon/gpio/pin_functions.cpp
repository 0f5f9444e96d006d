// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the two files of each controller once, and finds the lines of its pins.
#include "gpio/pin_functions.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "gpio/pin_table.h"
#include "gpio/text_file.h"

namespace gpiobroker::gpio {
namespace {

PinTable table_of(const std::filesystem::path& controller) {
  PinTable table;
  add_pins(text_of(controller / "pins"), table);
  add_claims(text_of(controller / "pinmux-pins"), table);
  return table;
}

}  // namespace

std::optional<core::PinUse> PinFunctions::use_of(const core::ChipInfo& chip, core::Offset offset,
                                                 std::optional<std::uint64_t> turn) {
  if (!turn || read_in_ != turn) uses_ = read(chip);
  read_in_ = turn;
  const auto use = uses_.find(offset);
  return use == uses_.end() ? std::nullopt : std::optional(use->second);
}

/// Most machines' kernels have no pin controllers, or do not tell of them.
PinFunctions::Uses PinFunctions::read(const core::ChipInfo& chip) {
  std::error_code unknown;
  if (!std::filesystem::exists(sources_.controllers, unknown)) return {};
  if (ranges_.empty()) ranges_ = ranges_in_device_tree(sources_, chip.name);
  return ranges_.empty() ? read_own_controllers(chip) : read_ranges();
}

PinFunctions::Uses PinFunctions::read_ranges() {
  Uses uses;
  std::map<std::filesystem::path, PinTable> tables;
  for (const PinRange& range : ranges_) {
    auto [table, is_new] = tables.try_emplace(range.controller);
    if (is_new) table->second = table_of(range.controller);
    for (const auto& [pin, entry] : table->second) {
      if (pin < range.first_pin || pin - range.first_pin >= range.count) continue;
      uses[core::Offset{range.first_offset + (pin - range.first_pin)}] = gpio::use_of(entry);
    }
  }
  const auto is_gone = [](const auto& table) { return table.second.empty(); };
  if (std::ranges::any_of(tables, is_gone)) ranges_.clear();
  return uses;
}

PinFunctions::Uses PinFunctions::read_own_controllers(const core::ChipInfo& chip) const {
  Uses uses;
  for (const auto& controller : own_controllers(sources_, chip.name)) {
    for (const auto& [pin, entry] : table_of(controller)) {
      if (entry.gpio_chip != chip.label) continue;
      uses[core::Offset{entry.gpio_offset}] = gpio::use_of(entry);
    }
  }
  return uses;
}

}  // namespace gpiobroker::gpio
