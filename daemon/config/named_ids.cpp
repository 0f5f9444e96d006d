// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a list that names somebody from becoming empty: an empty list in a rule fits everybody.
#include "config/named_ids.h"

#include <utility>

namespace gpiobroker::config {

void fill_in(core::Rule& rule, std::vector<std::uint32_t>& ids, NamedIds named) {
  ids = std::move(named.ids);
  if (named.unknown.empty()) return;
  if (!rule.because.empty()) rule.because += ", and ";
  rule.because += named.unknown;
  if (named.in_doubt && !rule.allow) {
    ids.clear();
    rule.because += ", so it holds for everybody";
  } else if (ids.empty()) {
    rule.is_void = true;
  }
}

}  // namespace gpiobroker::config
