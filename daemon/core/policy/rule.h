// SPDX-License-Identifier: GPL-2.0-or-later
// A rule of the policy: who may, or may not, do what with which lines.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/lease/client.h"
#include "core/line/line_pattern.h"
#include "core/policy/verb.h"

namespace gpiobroker::core {

/// Applies where each of its lists has something that fits; an empty list of users, groups, units
/// or lines fits everything. A client whose unit is not known fits no list of units.
struct Rule {
  std::string name;                   ///< under which refusals cite it
  std::vector<std::uint32_t> users;   ///< user ids
  std::vector<std::uint32_t> groups;  ///< group ids; one of the client's fits
  std::vector<std::string> units;  ///< of systemd, with wildcards as in the shell: "fan@*.service"
  std::vector<LinePattern> lines;
  std::set<Verb> verbs;
  bool allow = false;
  bool is_void = false;      ///< applies to nobody: of one of its lists no name is known
  std::string because = {};  ///< why it is not what it says, where names are not known; for people
};

[[nodiscard]] bool applies(const Rule& rule, const Client& client, const LineFacts& line,
                           Verb verb);

/// Whether it would, were the caller among its users and groups.
[[nodiscard]] bool applies_to_some(const Rule& rule, const Client& client, const LineFacts& line,
                                   Verb verb);

[[nodiscard]] bool matches_any(const std::vector<LinePattern>& patterns, const LineFacts& line);

}  // namespace gpiobroker::core
