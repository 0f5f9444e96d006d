// SPDX-License-Identifier: GPL-2.0-or-later
// From the configuration's files to what the broker needs of them.
#pragma once

#include <filesystem>

#include "config/problem.h"
#include "core/policy.h"

namespace gpiobroker::app {

/// The policy that a configuration folder describes, or the defaults if there is nothing in it or
/// no folder is named. Logs what was read.
[[nodiscard]] config::Checked<core::Policy> load_policy(const std::filesystem::path& folder);

/// The same for a start, which a bad configuration prevents. Throws StartupError, naming all
/// problems.
[[nodiscard]] core::Policy load_policy_or_fail(const std::filesystem::path& folder);

}  // namespace gpiobroker::app
