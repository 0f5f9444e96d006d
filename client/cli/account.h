// SPDX-License-Identifier: LGPL-2.1-or-later
// Users of this system, with their groups.
#pragma once

#include <string>

#include "gpiobroker/policy.h"

namespace gpiobroker::cli {

/// A user by name, or else by number, with all its groups; a number without a user has none.
/// Throws Error: NoSuchUser.
[[nodiscard]] Asker find_user(const std::string& name_or_number);

}  // namespace gpiobroker::cli
