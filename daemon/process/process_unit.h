// SPDX-License-Identifier: GPL-2.0-or-later
// The systemd unit of a process, in a way that rights may rest on.
#pragma once

#include <optional>
#include <string>

namespace gpiobroker::bus {

/// Whether the process behind a pidfd has not ended.
[[nodiscard]] bool is_alive(int pidfd);

/// A process id, or nothing if the pidfd's process is gone, or is of no concern to this one.
[[nodiscard]] std::optional<int> pid_of(int pidfd);

/// The unit in which the process behind a pidfd runs; nothing if it is in none, or if it ended
/// before all was read: its id may be another's by then.
[[nodiscard]] std::optional<std::string> unit_of(int pidfd);

/// The unit of whatever process has the id now: for people to read.
[[nodiscard]] std::optional<std::string> unit_of_pid(int pid);

}  // namespace gpiobroker::bus
