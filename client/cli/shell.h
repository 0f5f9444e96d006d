// SPDX-License-Identifier: LGPL-2.1-or-later
// Finds the shell, or script, from which somebody runs this command.
#pragma once

#include <functional>

#include "cli/process_facts.h"

namespace gpiobroker::cli {

using FindProcess = std::function<std::optional<ProcessFacts>(std::int32_t)>;

/// The shell that is meant where a process with this parent says "the shell": the one that reads
/// commands from a person, a file or a pipe. Passed over are its subshells, for which `$$` is the
/// shell, too, and programs that run another and end with it, such as sudo, timeout and xargs.
///
/// Throws Error, NoShell, for anything else, whose end would come sooner or later than anybody
/// expects: a shell that was started for one command (-c), a program that is no shell, a subshell
/// whose shell is gone.
[[nodiscard]] std::int32_t find_shell(std::int32_t parent, const FindProcess& find = process_facts);

}  // namespace gpiobroker::cli
