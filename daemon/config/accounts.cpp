// SPDX-License-Identifier: GPL-2.0-or-later
// getpwnam(3) and getgrnam(3).
#include "config/accounts.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace gpiobroker::config {

Accounts system_accounts() {
  return {.user_id = [](const std::string& name) -> std::optional<std::uint32_t> {
            const passwd* entry = getpwnam(name.c_str());
            return entry == nullptr ? std::nullopt : std::optional(entry->pw_uid);
          },
          .group_id = [](const std::string& name) -> std::optional<std::uint32_t> {
            const group* entry = getgrnam(name.c_str());
            return entry == nullptr ? std::nullopt : std::optional(entry->gr_gid);
          },
          .own = geteuid()};
}

}  // namespace gpiobroker::config
