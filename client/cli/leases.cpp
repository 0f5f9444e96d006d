// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb leases: prints a row for each lease.
#include "cli/verbs.h"

#include <iostream>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/text.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

std::vector<std::string> row_of(const LeaseInfo& lease) {
  return {std::to_string(lease.id),
          join(lease.lines, ","),
          lease.lifetime,
          std::to_string(lease.holder_uid),
          lease.holder_pid == 0 ? "" : std::to_string(lease.holder_pid),
          lease.holder_command,
          lease.holder_unit,
          lease.consumer};
}

int leases(const CommonOptions& common) {
  const Inventory inventory = Broker(common.address).inventory();
  Table table({"ID", "LINES", "LIFETIME", "UID", "PID", "COMMAND", "UNIT", "CONSUMER"});
  Json json = Json::array();
  for (const LeaseInfo& lease : inventory.leases) {
    table.add(row_of(lease));
    json.add(to_json(lease));
  }
  if (common.json) {
    print(json);
  } else {
    std::cout << table;
  }
  return kOk;
}

}  // namespace

void add_leases(Verb& root) {
  Verb verb = root.add_verb("leases", "list leases, and who holds them");
  verb.does(leases);
}

}  // namespace gpiobroker::cli
