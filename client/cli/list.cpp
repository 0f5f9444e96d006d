// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb list: prints a row for each line; a run of lines without anything to tell shares one.
#include "cli/verbs.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <ranges>
#include <span>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/table.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

using Lines = std::span<const LineInfo>;

std::string known_chips(const Inventory& inventory) {
  std::string names;
  for (const ChipInfo& chip : inventory.chips) {
    names += (names.empty() ? "" : ", ") + chip.name + " (" + chip.label + ")";
  }
  return names;
}

/// Removes all lines but those of one chip, given by name or label.
void keep_chip(Inventory& inventory, const std::string& wanted) {
  std::vector<std::string> paths;
  for (const ChipInfo& chip : inventory.chips) {
    if (chip.name == wanted || chip.label == wanted) paths.push_back(chip.path);
  }
  if (paths.empty()) {
    throw Error("NoSuchChip",
                "no chip is called '" + wanted + "'; there are: " + known_chips(inventory));
  }
  std::erase_if(inventory.lines, [&](const LineInfo& line) {
    return std::ranges::find(paths, line.chip_path) == paths.end();
  });
}

bool is_dull(const LineInfo& line) {
  return line.state == "free" && line.name.empty() && line.header_pin == 0 && !line.used &&
         line.direction == "input";
}

/// How many lines, from this one on, go into one row.
std::size_t row_length(Lines lines) {
  if (!is_dull(lines.front())) return 1;
  const auto end = std::ranges::find_if(lines, [&](const LineInfo& line) {
    return !is_dull(line) || line.chip_path != lines.front().chip_path;
  });
  return static_cast<std::size_t>(end - lines.begin());
}

std::string range_of(Lines lines) {
  const LineInfo& first = lines.front();
  const std::string start = first.chip + ":" + std::to_string(first.offset);
  return lines.size() == 1 ? start : start + "-" + std::to_string(lines.back().offset);
}

std::vector<std::string> row_of(Lines lines) {
  const LineInfo& line = lines.front();
  if (is_dull(line)) return {range_of(lines), "", "", line.state, "", "", "", ""};
  const std::string pin = line.header_pin == 0 ? "" : "J8:" + std::to_string(line.header_pin);
  return {range_of(lines), line.name, pin,           line.state,
          line.direction,  line.bias, line.consumer, line.function};
}

void print_table(Lines lines) {
  Table table({"LINE", "NAME", "PIN", "STATE", "DIRECTION", "BIAS", "CONSUMER", "FUNCTION"});
  while (!lines.empty()) {
    const std::size_t length = row_length(lines);
    table.add(row_of(lines.first(length)));
    lines = lines.subspan(length);
  }
  std::cout << table;
}

void print_json(const Inventory& inventory) {
  Json lines = Json::array();
  for (const LineInfo& line : inventory.lines) lines.add(to_json(line, inventory));
  print(lines);
}

int list(const CommonOptions& common, const std::string& chip) {
  Inventory inventory = Broker(common.address).inventory();
  if (!chip.empty()) keep_chip(inventory, chip);
  if (common.json) {
    print_json(inventory);
  } else {
    print_table(inventory.lines);
  }
  return kOk;
}

}  // namespace

void add_list(Verb& root) {
  const auto chip = std::make_shared<std::string>();
  Verb verb = root.add_verb("list", "list lines, and who has them");
  verb.add("CHIP", *chip, "only the lines of this chip, by name or label");
  verb.does([chip](const CommonOptions& common) { return list(common, *chip); });
}

}  // namespace gpiobroker::cli
