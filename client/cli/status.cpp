// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb status: prints a row for each fact.
#include "cli/verbs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>
#include <utility>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/text.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

std::uint64_t sum_of(const Counts& counts) {
  std::uint64_t sum = 0;
  for (const auto& [what, count] : counts) sum += count;
  return sum;
}

/// The number of refused calls and their errors, such as "3: Busy 2, Denied 1", or "0".
std::string itemised(const Counts& counts) {
  std::vector<std::string> items;
  for (const auto& [what, count] : counts) items.push_back(what + " " + std::to_string(count));
  const std::string sum = std::to_string(sum_of(counts));
  return items.empty() ? sum : sum + ": " + join(items, ", ");
}

std::string in_milliseconds(std::chrono::microseconds time) {
  std::array<char, 32> text{};
  const double milliseconds = static_cast<double>(time.count()) / 1000;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), milliseconds,
                                 std::chars_format::fixed, 3);
  return std::string(text.data(), end.ptr) + " ms";
}

std::string chips_of(const Inventory& inventory) {
  std::vector<std::string> chips;
  for (const ChipInfo& chip : inventory.chips) {
    chips.push_back(chip.name + " (" + chip.label + ", " + std::to_string(chip.line_count) +
                    " lines)");
  }
  return chips.empty() ? "none; the broker waits for one" : join(chips, ", ");
}

/// The name of a line by the path of its object, such as "gpiochip0:17"; the path itself if its
/// chip has gone.
std::string line_at(const std::string& path, const Inventory& inventory) {
  const auto line = std::ranges::find(inventory.lines, path, &LineInfo::path);
  if (line == inventory.lines.end()) return path;
  return line->chip + ":" + std::to_string(line->offset);
}

std::vector<std::string> quarantined(const Status& status, const Inventory& inventory) {
  std::vector<std::string> lines;
  for (const std::string& path : status.quarantined_lines) {
    lines.push_back(line_at(path, inventory));
  }
  return lines;
}

void print_row(const std::string& heading, const std::string& fact) {
  constexpr std::size_t kColumn = 13;
  std::cout << heading << std::string(kColumn - heading.size(), ' ') << printable(fact) << '\n';
}

/// Prints a row for each.
void print_problems(const std::vector<std::string>& problems) {
  const char* heading = "problems";
  for (const std::string& problem : problems) print_row(std::exchange(heading, ""), problem);
  if (problems.empty()) print_row(heading, "none");
}

void print_rows(const Status& status, const Inventory& inventory) {
  const std::vector<std::string> stuck = quarantined(status, inventory);
  print_row("version", status.version);
  print_problems(status.problems);
  print_row("chips", chips_of(inventory));
  print_row("leases", std::to_string(status.leases) + " now, " +
                          std::to_string(status.leases_granted) + " granted, " +
                          std::to_string(status.leases_opened) + " times opened directly");
  print_row("ended", itemised(status.leases_ended));
  print_row("reset", std::to_string(status.lines_reset) + " lines, " +
                         std::to_string(status.failed_resets) + " attempts failed, " +
                         std::to_string(status.resets_repeated) + " repeated, slowest " +
                         in_milliseconds(status.slowest_reset));
  print_row("quarantined", stuck.empty() ? "none" : join(stuck, ", "));
  print_row("edges",
            std::to_string(status.edges) + ", " + std::to_string(status.edges_lost) + " lost");
  print_row("refused", itemised(status.calls_refused));
  print_row("not sent", std::to_string(status.send_failures));
}

Json to_json(const Status& status, const Inventory& inventory) {
  Json chips = Json::array();
  for (const ChipInfo& chip : inventory.chips) {
    chips.add({{"name", chip.name}, {"label", chip.label}, {"lines", chip.line_count}});
  }
  return {{"version", status.version},
          {"problems", status.problems},
          {"chips", chips},
          {"leases", status.leases},
          {"leases_granted", status.leases_granted},
          {"leases_ended", status.leases_ended},
          {"leases_opened", status.leases_opened},
          {"resets_repeated", status.resets_repeated},
          {"lines_reset", status.lines_reset},
          {"failed_resets", status.failed_resets},
          {"slowest_reset_us", status.slowest_reset.count()},
          {"quarantined", quarantined(status, inventory)},
          {"edges", status.edges},
          {"edges_lost", status.edges_lost},
          {"calls_refused", status.calls_refused},
          {"send_failures", status.send_failures}};
}

int show(const CommonOptions& common) {
  Broker broker(common.address);
  const Status status = broker.status();
  const Inventory inventory = broker.inventory();
  if (common.json) {
    print(to_json(status, inventory));
  } else {
    print_rows(status, inventory);
  }
  return kOk;
}

}  // namespace

void add_status(Verb& root) {
  Verb verb = root.add_verb("status", "how the broker is doing, and what it has done");
  verb.does(show);
}

}  // namespace gpiobroker::cli
