// SPDX-License-Identifier: GPL-2.0-or-later
// A program that runs to its end, and what it said.
#pragma once

#include <string>
#include <vector>

#include "harness/process.h"

namespace gpiobroker::test {

struct CommandEnd {
  ProcessEnd end;
  std::string output;  ///< standard output and standard error, as they came
};

/// Runs a program that was built beside this one, in the test's own name.
[[nodiscard]] CommandEnd run_command(const std::string& name,
                                     const std::vector<std::string>& arguments);

/// Runs a script in a shell, as a user.
[[nodiscard]] CommandEnd run_script(const std::string& script, uid_t user);

}  // namespace gpiobroker::test
