// SPDX-License-Identifier: LGPL-2.1-or-later
// Users of this system, with their groups.
#pragma once

#include <string>

#include "gpiobroker/policy.h"

namespace gpiobroker::cli {

/// A user by name, or else by number, with all its groups; a number without a user has none.
/// Throws Error: NoSuchUser.
[[nodiscard]] Asker find_user(const std::string& name_or_number);

/// Says, where this process has fewer groups than its account, which those are: the account joined
/// them after the process's session had begun, and its rights count from the next log-in on. Else
/// empty.
[[nodiscard]] std::string words_for_late_groups();

}  // namespace gpiobroker::cli
