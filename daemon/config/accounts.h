// SPDX-License-Identifier: GPL-2.0-or-later
// Users and groups of the system, by name.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace gpiobroker::config {

/// What is known of a name.
struct Account {
  std::optional<std::uint32_t> id;
  std::string doubt = {};  ///< without an id: why it is not known; empty: there is no such name

  bool operator==(const Account&) const = default;
};

/// Where names are looked up.
struct Accounts {
  std::function<Account(const std::string&)> user;
  std::function<Account(const std::string&)> group;
  std::uint32_t own = 0;  ///< the user that the broker runs as
};

/// The system's own, through NSS. May take as long as the slowest source of users takes.
[[nodiscard]] Accounts system_accounts();

}  // namespace gpiobroker::config
