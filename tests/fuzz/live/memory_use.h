// SPDX-License-Identifier: GPL-2.0-or-later
// What a process, and the control group that it is in, took of memory at most.
#pragma once

#include <ostream>

#include <sys/types.h>

namespace gpiobroker::fuzz {

/// Writes the most that the process ever had resident, in KiB; and of its control group, of either
/// version, the most that was charged to it, its limit, and how often it came to that limit.
void report_memory_use(std::ostream& to, pid_t process);

}  // namespace gpiobroker::fuzz
