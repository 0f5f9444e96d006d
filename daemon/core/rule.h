// SPDX-License-Identifier: GPL-2.0-or-later
// One rule of the policy: who may, or may not, do what with which lines.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/line_pattern.h"
#include "core/subject.h"
#include "core/verb.h"

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
};

[[nodiscard]] bool applies(const Rule& rule, const Subject& subject, const LineFacts& line,
                           Verb verb);

[[nodiscard]] bool matches_any(const std::vector<LinePattern>& patterns, const LineFacts& line);

}  // namespace gpiobroker::core
