// SPDX-License-Identifier: GPL-2.0-or-later
// Asked of /proc, of the bus and of the broker.
#include "footprint.h"

#include <map>
#include <stdexcept>

#include "harness/eventually.h"
#include "slot.h"

namespace gpiobroker::soak {
namespace {

using test::Call;
using test::ClientProcess;
using test::Json;

Json answer(ClientProcess& client, const Call& call) {
  const test::Reply reply = client.call(call);
  if (!reply.error.empty()) throw std::runtime_error(reply.error + ": " + reply.message);
  return reply.values;
}

std::size_t match_rules(ClientProcess& observer) {
  const Json stats = answer(observer, {.path = "/org/freedesktop/DBus",
                                       .interface = "org.freedesktop.DBus.Debug.Stats",
                                       .member = "GetStats",
                                       .destination = "org.freedesktop.DBus"});
  return stats.at(0).at("MatchRules");
}

std::string grew(const char* what, std::size_t before, std::size_t after) {
  return std::string(what) + ": " + std::to_string(before) + " before, " + std::to_string(after) +
         " after";
}

std::string fault_of(const Json& line) {
  if (line.at("State") != "free") return line.at("State");
  if (line.at("Used") == true) return "used";
  return line.at("Direction") == "input" ? "" : line.at("Direction").get<std::string>();
}

std::string fault_of_pin(ClientProcess& observer, unsigned chip, unsigned offset) {
  const Json pin = answer(observer, {.path = chip_path(chip),
                                     .interface = "org.gpiobroker1.Simulation",
                                     .member = "ReadPin",
                                     .signature = "u",
                                     .arguments = Json::array({offset})});
  return pin.at(0) == false && pin.at(2) == "none" ? "" : "pin " + pin.dump();
}

/// The lines of each chip by the chip's number, from the objects on the bus.
std::map<unsigned, std::vector<std::string>> look_at_objects(ClientProcess& observer,
                                                             std::vector<std::string>& faults) {
  std::map<unsigned, std::vector<std::string>> lines;
  const Json objects = answer(observer, {.path = test::kManagerPath,
                                         .interface = test::kObjectManager,
                                         .member = "GetManagedObjects"});
  for (const auto& [path, interfaces] : objects.at(0).items()) {
    if (interfaces.contains(test::kLease)) faults.push_back("still there: " + path);
    if (!interfaces.contains(test::kLine)) continue;
    const Json& line = interfaces.at(test::kLine);
    const std::string chip = line.at("Chip");
    const std::string name = chip.substr(chip.rfind('/') + 1);
    lines[static_cast<unsigned>(std::stoul(name.substr(8)))].push_back(
        name + ":" + std::to_string(line.at("Offset").get<unsigned>()));
    if (const auto fault = fault_of(line); !fault.empty()) faults.push_back(path + ": " + fault);
  }
  return lines;
}

}  // namespace

Json manager_property(ClientProcess& observer, const char* name) {
  return answer(observer, {.path = test::kManagerPath,
                           .interface = test::kProperties,
                           .member = "Get",
                           .signature = "ss",
                           .arguments = Json::array({test::kManager, name})})
      .at(0);
}

Footprint footprint(const test::DaemonProcess& daemon, ClientProcess& observer) {
  if (!test::eventually([&] { return manager_property(observer, "LeaseCount") == 0; })) {
    throw std::runtime_error("leases without a client: " +
                             manager_property(observer, "LeaseCount").dump());
  }
  return {.open_files = daemon.open_file_count(),
          .match_rules = match_rules(observer),
          .resident_bytes = daemon.resident_bytes()};
}

std::vector<std::string> growth(const Footprint& before, const Footprint& after) {
  std::vector<std::string> faults;
  if (after.open_files != before.open_files) {
    faults.push_back(grew("open files", before.open_files, after.open_files));
  }
  if (after.match_rules != before.match_rules) {
    faults.push_back(grew("match rules", before.match_rules, after.match_rules));
  }
  if (after.resident_bytes > before.resident_bytes + kMoreBytesAllowed) {
    faults.push_back(grew("resident bytes", before.resident_bytes, after.resident_bytes));
  }
  return faults;
}

std::vector<std::string> leavings(ClientProcess& observer, ClientProcess taker, unsigned chips) {
  std::vector<std::string> faults;
  const auto lines = look_at_objects(observer, faults);
  if (lines.size() != chips) faults.push_back("chips: " + std::to_string(lines.size()));
  for (const auto& [chip, names] : lines) {
    for (unsigned offset = 0; offset < names.size(); ++offset) {
      const auto fault = fault_of_pin(observer, chip, offset);
      if (!fault.empty())
        faults.push_back(chip_path(chip) + "/" + std::to_string(offset) + ": " + fault);
    }
    const test::Reply taken = taker.acquire(names, {});
    if (!taken.error.empty()) faults.push_back(taken.error + ": " + taken.message);
  }
  if (const Json failed = manager_property(observer, "FailedResets"); failed != 0) {
    faults.push_back("failed resets: " + failed.dump());
  }
  if (const Json bad = manager_property(observer, "QuarantinedLines"); !bad.empty()) {
    faults.push_back("in quarantine: " + bad.dump());
  }
  return faults;
}

}  // namespace gpiobroker::soak
