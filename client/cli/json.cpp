// SPDX-License-Identifier: LGPL-2.1-or-later
// Quotes text by nlohmann's library, in this file alone: it is slow to compile. Each property has a
// key of its own; the keys are part of the command's interface and stay as they are.
#include "cli/json.h"

#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

namespace gpiobroker::cli {
namespace {

Json lease_of(const LineInfo& line, const Inventory& inventory) {
  const auto lease = std::ranges::find(inventory.leases, line.lease_path, &LeaseInfo::path);
  return lease == inventory.leases.end() ? Json() : to_json(*lease);
}

std::string quoted(std::string_view text) {
  using Library = nlohmann::json;
  return Library(text).dump(-1, ' ', false, Library::error_handler_t::replace);
}

}  // namespace

Json::Json(std::string_view text) : text_(quoted(text)) {}

Json::Json(std::initializer_list<Member> members) : Json(object()) {
  for (const Member& member : members) add(member.key, member.value);
}

Json::Json(const std::vector<std::string>& texts) : Json(array()) {
  for (const std::string& text : texts) add(text);
}

void Json::add(std::string_view key, const Json& value) {
  insert(quoted(key) + ':' + value.text_);
}

/// Puts the text before the closing bracket.
void Json::insert(const std::string& text) {
  constexpr std::size_t kEmpty = 2;
  text_.insert(text_.size() - 1, text_.size() == kEmpty ? text : ',' + text);
}

Json to_json(const LeaseInfo& lease) {
  return {{"id", lease.id},
          {"path", lease.path},
          {"lines", lease.lines},
          {"consumer", lease.consumer},
          {"lifetime", lease.lifetime},
          {"holder", Json{{"name", lease.holder},
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
          {"function", line.function},
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
  std::cout << json.text() << '\n';
}

}  // namespace gpiobroker::cli
