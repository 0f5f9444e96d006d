// SPDX-License-Identifier: LGPL-2.1-or-later
// A key a property. Keys are part of the command's interface: they stay as they are.
#include "cli/json.h"

#include <algorithm>
#include <iostream>

namespace gpiobroker::cli {
namespace {

Json lease_of(const LineInfo& line, const Inventory& inventory) {
  const auto lease = std::ranges::find(inventory.leases, line.lease_path, &LeaseInfo::path);
  return lease == inventory.leases.end() ? Json() : to_json(*lease);
}

}  // namespace

Json to_json(const LeaseInfo& lease) {
  return {{"id", lease.id},
          {"path", lease.path},
          {"lines", lease.lines},
          {"consumer", lease.consumer},
          {"lifetime", lease.lifetime},
          {"holder",
           {{"name", lease.holder},
            {"uid", lease.holder_uid},
            {"pid", lease.holder_pid},
            {"command", lease.holder_command},
            {"unit", lease.holder_unit}}}};
}

Json to_json(const LineInfo& line, const Inventory& inventory) {
  return {{"chip", line.chip},
          {"offset", line.offset},
          {"name", line.name},
          {"header_pin", line.header_pin == 0 ? Json() : Json(line.header_pin)},
          {"state", line.state},
          {"used", line.used},
          {"consumer", line.consumer},
          {"direction", line.direction},
          {"edge", line.edge},
          {"bias", line.bias},
          {"drive", line.drive},
          {"active_low", line.active_low},
          {"debounce_period_us", line.debounce.count()},
          {"event_clock", line.event_clock},
          {"lease", lease_of(line, inventory)}};
}

void print(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace gpiobroker::cli
