// SPDX-License-Identifier: GPL-2.0-or-later
// Users and groups of the system, by name.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace gpiobroker::config {

/// Where names are looked up. Nothing: there is no such name.
struct Accounts {
  std::function<std::optional<std::uint32_t>(const std::string&)> user_id;
  std::function<std::optional<std::uint32_t>(const std::string&)> group_id;
  std::uint32_t own = 0;  ///< the user that the broker runs as
};

/// The system's own, through NSS. May take as long as the slowest source of users takes.
[[nodiscard]] Accounts system_accounts();

}  // namespace gpiobroker::config
