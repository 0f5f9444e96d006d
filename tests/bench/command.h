// SPDX-License-Identifier: GPL-2.0-or-later
// Programs that the benchmark starts.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace gpiobroker::bench {

using Words = std::vector<std::string>;

/// A program beside this one, in the same folder.
[[nodiscard]] std::string program_beside(const std::string& name);

/// Starts a program, whose output goes nowhere, with further variables ("NAME=VALUE") in its
/// environment. Throws std::runtime_error.
[[nodiscard]] pid_t start(const Words& command, const Words& variables = {});

/// Starts a program and waits for its end. Throws std::runtime_error unless that is a success.
void run(const Words& command);

}  // namespace gpiobroker::bench
