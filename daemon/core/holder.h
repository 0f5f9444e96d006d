// SPDX-License-Identifier: GPL-2.0-or-later
// Who holds a lease, and who calls: identities that the bus vouches for, never the caller.
#pragma once

#include <cstdint>
#include <string>

#include "core/line_id.h"

namespace gpiobroker::core {

/// A client of the broker. Everything but the name and the user id is for people to read: a
/// process id may have been reused since, and a command name is whatever its owner made it.
struct Holder {
  ClientName name;
  std::uint32_t uid = 0;
  std::int32_t pid = 0;
  std::string unit;     ///< the systemd unit it runs in; empty if none is known
  std::string command;  ///< the kernel's name of the command, at most 15 bytes
};

/// "uid 1000, pid 4711, command 'blink'": how messages name a holder.
[[nodiscard]] std::string describe(const Holder& holder);

/// The one who makes a call: what its rights depend on.
struct Caller {
  ClientName name;
  bool privileged = false;  ///< root: may act on anybody's lease
};

}  // namespace gpiobroker::core
