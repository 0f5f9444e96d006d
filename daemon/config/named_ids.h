// SPDX-License-Identifier: GPL-2.0-or-later
// Users or groups as a rule names them, where some of the names may not be known.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/policy/rule.h"

namespace gpiobroker::config {

struct NamedIds {
  std::vector<std::uint32_t> ids;
  std::string unknown =
      {};                 ///< such as "there is no user 'alice' on this system"; empty: all known
  bool in_doubt = false;  ///< there may be such names: they could not be looked up
};

/// Fills in one of a rule's lists, `ids`, so that the rule is never laxer than if all names were
/// known: one that allows leaves out who is not known; one that denies holds for everybody as long
/// as there may be somebody of that name. A list of which nobody is left makes the rule void.
void fill_in(core::Rule& rule, std::vector<std::uint32_t>& ids, NamedIds named);

}  // namespace gpiobroker::config
