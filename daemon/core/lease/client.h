// SPDX-License-Identifier: GPL-2.0-or-later
// Who a client of the broker is: what the bus and the kernel vouch for, never the client itself.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/line/line_id.h"

namespace gpiobroker::core {

/// No user has this id: of whoever is not known.
inline constexpr std::uint32_t kUnknownUser = std::numeric_limits<std::uint32_t>::max();

/// A client of the broker: who calls, who holds a lease, and of whom the policy is asked. Rights
/// depend on its name, user, groups and vouched unit. All else is for people to read: a process id
/// may have been reused since, and a command name is whatever its owner made it.
struct Client {
  ClientName name = {};  ///< empty for one that is only asked about
  std::uint32_t uid = kUnknownUser;
  std::int32_t pid = 0;
  std::string unit = {};  ///< the systemd unit it runs in; empty if none is known
  std::string command =
      {};  ///< the kernel's name of the command, at most 15 bytes, as a name of ours
  std::vector<std::uint32_t> gids = {};  ///< of all its groups, the primary one included
  std::string vouched_unit = {};  ///< `unit`, if the process was there to be asked; else empty

  /// Root may act on anybody's lease.
  [[nodiscard]] bool is_root() const { return uid == 0; }
};

/// "uid 1000, pid 4711, command 'blink'": how messages name a client; "of an unknown user".
[[nodiscard]] std::string describe(const Client& client);

}  // namespace gpiobroker::core
