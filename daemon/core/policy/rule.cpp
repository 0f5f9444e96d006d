// SPDX-License-Identifier: GPL-2.0-or-later
// Checks whether a rule applies, list by list.
#include "core/policy/rule.h"

#include <algorithm>

#include "core/base/glob.h"

namespace gpiobroker::core {
namespace {

bool has(const std::vector<std::uint32_t>& ids, std::uint32_t id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool fits_users(const Rule& rule, const Client& client) {
  return rule.users.empty() || has(rule.users, client.uid);
}

bool fits_groups(const Rule& rule, const Client& client) {
  return rule.groups.empty() ||
         std::ranges::any_of(client.gids, [&](std::uint32_t gid) { return has(rule.groups, gid); });
}

bool fits_units(const Rule& rule, const Client& client) {
  if (rule.units.empty()) return true;
  return !client.vouched_unit.empty() &&
         std::ranges::any_of(rule.units, [&](const std::string& unit) {
           return glob_matches(unit, client.vouched_unit);
         });
}

}  // namespace

bool applies(const Rule& rule, const Client& client, const LineFacts& line, Verb verb) {
  return !rule.is_void && fits_users(rule, client) && fits_groups(rule, client) &&
         applies_to_some(rule, client, line, verb);
}

bool applies_to_some(const Rule& rule, const Client& client, const LineFacts& line, Verb verb) {
  return rule.verbs.contains(verb) && fits_units(rule, client) &&
         (rule.lines.empty() || matches_any(rule.lines, line));
}

bool matches_any(const std::vector<LinePattern>& patterns, const LineFacts& line) {
  return std::ranges::any_of(patterns, [&](const LinePattern& each) { return each.matches(line); });
}

}  // namespace gpiobroker::core
