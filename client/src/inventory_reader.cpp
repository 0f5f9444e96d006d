// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the objects property by property, then puts them in order.
#include "src/inventory_reader.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace gpiobroker::detail {
namespace {

constexpr std::string_view kChip = "org.gpiobroker1.Chip";
constexpr std::string_view kLine = "org.gpiobroker1.Line";
constexpr std::string_view kLease = "org.gpiobroker1.Lease";
constexpr const char* kNoObject = "/";

template <class Type>
Type read(const Properties& properties, const char* name) {
  const auto entry = properties.find(sdbus::PropertyName(name));
  if (entry == properties.end() || !entry->second.known) return {};
  const Type* const value = std::get_if<Type>(&*entry->second.known);
  return value == nullptr ? Type{} : *value;
}

std::string text(const Properties& properties, const char* name) {
  return read<std::string>(properties, name);
}

std::uint32_t number(const Properties& properties, const char* name) {
  return read<std::uint32_t>(properties, name);
}

std::string path_of(const Properties& properties, const char* name) {
  return read<sdbus::ObjectPath>(properties, name);
}

ChipInfo read_chip_info(const std::string& path, const Properties& properties) {
  return {.path = path,
          .name = text(properties, "Name"),
          .label = text(properties, "Label"),
          .device = text(properties, "Device"),
          .line_count = number(properties, "LineCount")};
}

LeaseInfo read_lease_info(const std::string& path, const Properties& properties) {
  const auto lines = read<std::vector<sdbus::ObjectPath>>(properties, "LinePaths");
  return {.path = path,
          .id = read<std::uint64_t>(properties, "Id"),
          .lines = read<std::vector<std::string>>(properties, "Lines"),
          .line_paths = {lines.begin(), lines.end()},
          .consumer = text(properties, "Consumer"),
          .lifetime = text(properties, "Lifetime"),
          .holder = text(properties, "Holder"),
          .holder_uid = number(properties, "HolderUid"),
          .holder_pid = number(properties, "HolderPid"),
          .holder_unit = text(properties, "HolderUnit"),
          .holder_command = text(properties, "HolderCommand")};
}

void name_chips(Inventory& inventory) {
  std::map<std::string, std::string> names;  // path of each chip: its name
  for (const ChipInfo& chip : inventory.chips) names.emplace(chip.path, chip.name);
  for (LineInfo& line : inventory.lines) line.chip = names[line.chip_path];
}

/// Compares by length first, so that gpiochip10 comes after gpiochip2.
auto order_of(const std::string& chip) {
  return std::tuple(chip.size(), chip);
}

void sort(Inventory& inventory) {
  std::ranges::sort(inventory.chips, {}, [](const auto& chip) { return order_of(chip.name); });
  std::ranges::sort(inventory.lines, {},
                    [](const auto& line) { return std::tuple(order_of(line.chip), line.offset); });
  std::ranges::sort(inventory.leases, {}, &LeaseInfo::id);
}

}  // namespace

LineInfo read_line_info(const std::string& path, const Properties& properties) {
  const std::string lease = path_of(properties, "Lease");
  return {.path = path,
          .chip_path = path_of(properties, "Chip"),
          .chip = {},
          .offset = number(properties, "Offset"),
          .name = text(properties, "Name"),
          .header_pin = number(properties, "HeaderPin"),
          .state = text(properties, "State"),
          .function = text(properties, "Function"),
          .lease_path = lease == kNoObject ? "" : lease,
          .used = read<bool>(properties, "Used"),
          .consumer = text(properties, "Consumer"),
          .direction = text(properties, "Direction"),
          .edge = text(properties, "Edge"),
          .bias = text(properties, "Bias"),
          .drive = text(properties, "Drive"),
          .active_low = read<bool>(properties, "ActiveLow"),
          .debounce = std::chrono::microseconds(number(properties, "DebouncePeriod")),
          .event_clock = text(properties, "EventClock")};
}

Status read_status(const Properties& properties) {
  using Counts = std::map<std::string, std::uint64_t>;
  const auto stuck = read<std::vector<sdbus::ObjectPath>>(properties, "QuarantinedLines");
  return {
      .version = text(properties, "Version"),
      .problems = read<std::vector<std::string>>(properties, "Problems"),
      .leases = number(properties, "LeaseCount"),
      .quarantined_lines = {stuck.begin(), stuck.end()},
      .leases_granted = read<std::uint64_t>(properties, "LeasesGranted"),
      .leases_ended = read<Counts>(properties, "LeasesEnded"),
      .leases_opened = read<std::uint64_t>(properties, "LeasesOpened"),
      .resets_repeated = read<std::uint64_t>(properties, "ResetsRepeated"),
      .lines_reset = read<std::uint64_t>(properties, "LinesReset"),
      .failed_resets = read<std::uint64_t>(properties, "FailedResets"),
      .slowest_reset = std::chrono::microseconds(read<std::uint64_t>(properties, "SlowestReset")),
      .edges = read<std::uint64_t>(properties, "Edges"),
      .edges_lost = read<std::uint64_t>(properties, "EdgesLost"),
      .calls_refused = read<Counts>(properties, "CallsRefused"),
      .send_failures = read<std::uint64_t>(properties, "SendFailures")};
}

Inventory read_inventory(const Objects& objects) {
  Inventory inventory;
  for (const auto& [path, interfaces] : objects) {
    for (const auto& [interface, properties] : interfaces) {
      if (interface == kChip) inventory.chips.push_back(read_chip_info(path, properties));
      if (interface == kLine) inventory.lines.push_back(read_line_info(path, properties));
      if (interface == kLease) inventory.leases.push_back(read_lease_info(path, properties));
    }
  }
  name_chips(inventory);
  sort(inventory);
  return inventory;
}

}  // namespace gpiobroker::detail
