// SPDX-License-Identifier: GPL-2.0-or-later
// Users and groups of a system that every test can count on.
#pragma once

#include <map>

#include "config/accounts.h"

namespace gpiobroker::test {

inline config::Accounts test_accounts() {
  using Names = std::map<std::string, std::uint32_t>;
  const auto look_up_in = [](Names names) {
    return [names = std::move(names)](const std::string& name) -> config::Account {
      const auto entry = names.find(name);
      return entry == names.end() ? config::Account() : config::Account{.id = entry->second};
    };
  };
  return {.user = look_up_in({{"root", 0}, {"alice", 1000}, {"bob", 1001}}),
          .group = look_up_in({{"gpio", 997}, {"audio", 29}, {"adm", 4}}),
          .own = 0};
}

}  // namespace gpiobroker::test
