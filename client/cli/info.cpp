// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb info: prints a block of text for each line.
#include "cli/verbs.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/text.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

/// Writes "  name:   text", or nothing where there is nothing to say.
void print_field(const std::string& name, const std::string& text) {
  constexpr std::size_t kColumn = 14;
  if (text.empty()) return;
  std::cout << "  " << name << ":" << std::string(kColumn - name.size(), ' ') << printable(text)
            << '\n';
}

std::string words_for(const ChipInfo& chip) {
  const std::string device = chip.device.empty() ? "simulated" : chip.device;
  return chip.name + " (" + chip.label + "), " + device;
}

std::string words_for_holder(const LeaseInfo& lease) {
  std::string words = "uid " + std::to_string(lease.holder_uid);
  if (lease.holder_pid != 0) words += ", pid " + std::to_string(lease.holder_pid);
  words += ", command '" + lease.holder_command + "'";
  if (!lease.holder_unit.empty()) words += ", unit '" + lease.holder_unit + "'";
  return words + " (" + lease.holder + ")";
}

void print_settings(const LineInfo& line) {
  print_field("direction", line.direction);
  print_field("bias", line.bias);
  print_field("drive", line.drive);
  print_field("active low", line.active_low ? "yes" : "no");
  print_field("edge", line.edge);
  print_field("debounce",
              line.debounce.count() == 0 ? "none" : std::to_string(line.debounce.count()) + " us");
  print_field("event clock", line.event_clock);
}

void print_lease(const LeaseInfo& lease) {
  print_field("lease", std::to_string(lease.id) + ", lasts as long as its " + lease.lifetime);
  print_field("lease's lines", join(lease.lines, " "));
  print_field("holder", words_for_holder(lease));
}

/// The element of `all` with this path, or null.
template <class Info>
const Info* at_path(const std::vector<Info>& all, const std::string& path) {
  const auto info = std::ranges::find(all, path, &Info::path);
  return info == all.end() ? nullptr : &*info;
}

void print_text(const LineInfo& line, const Inventory& inventory) {
  const std::string address = line.chip + ":" + std::to_string(line.offset);
  std::cout << printable(line.name.empty() ? address : line.name + " (" + address + ")") << '\n';
  if (line.header_pin != 0) print_field("header pin", "J8:" + std::to_string(line.header_pin));
  if (const auto* chip = at_path(inventory.chips, line.chip_path)) {
    print_field("chip", words_for(*chip));
  }
  print_field("state", line.state);
  print_field("function", line.function);
  print_field("consumer", line.consumer);
  print_settings(line);
  if (const auto* lease = at_path(inventory.leases, line.lease_path)) print_lease(*lease);
}

/// Finds a line by what a person calls it. The inventory is read after the look-up, so that the
/// line is in it; if its chip went in between, that is an error like any other.
std::vector<LineInfo> look_up(Broker& broker, const std::vector<std::string>& lines,
                              Inventory& inventory) {
  std::vector<std::string> paths;
  for (const std::string& line : lines) paths.push_back(broker.find(line).path);
  inventory = broker.inventory();
  std::vector<LineInfo> found;
  for (const std::string& path : paths) {
    const auto* line = at_path(inventory.lines, path);
    if (line == nullptr) throw Error("ChipGone", "the chip of " + path + " was removed");
    found.push_back(*line);
  }
  return found;
}

int info(const CommonOptions& common, const std::vector<std::string>& lines) {
  Broker broker(common.address);
  Inventory inventory;
  const auto found = look_up(broker, lines, inventory);
  Json json = Json::array();
  for (const LineInfo& line : found) {
    if (common.json) {
      json.add(to_json(line, inventory));
    } else {
      print_text(line, inventory);
    }
  }
  if (common.json) print(json);
  return kOk;
}

}  // namespace

void add_info(Verb& root) {
  const auto lines = std::make_shared<std::vector<std::string>>();
  Verb verb = root.add_verb("info", "show everything about lines, their holder included");
  verb.add("LINE", *lines, "such as GPIO17, J8:11, gpiochip0:17").required().checked(refuse_value);
  verb.does([lines](const CommonOptions& common) { return info(common, *lines); });
}

}  // namespace gpiobroker::cli
