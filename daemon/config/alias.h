// SPDX-License-Identifier: GPL-2.0-or-later
// Says what may be an alias, and for what.
#pragma once

#include <string>

#include "core/policy/policy.h"

namespace gpiobroker::config {

/// What is wrong with an alias for a line, or nothing. An alias looks like no other way to name
/// lines, and names one line by one of those; it may hide a line's own name.
[[nodiscard]] std::string fault_of_alias(const std::string& alias, const std::string& line,
                                         const core::Aliases& aliases);

}  // namespace gpiobroker::config
