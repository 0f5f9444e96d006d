// SPDX-License-Identifier: GPL-2.0-or-later
// Who holds a lease, and who calls: identities that the bus vouches for, never the caller.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/lease/subject.h"
#include "core/line/line_id.h"

namespace gpiobroker::core {

/// No user has this id: of whoever is not known.
inline constexpr std::uint32_t kUnknownUser = std::numeric_limits<std::uint32_t>::max();

/// A client of the broker. Rights depend on its name, user, groups and vouched unit. All else is
/// for people to read: a process id may have been reused since, and a command name is whatever its
/// owner made it.
struct Holder {
  ClientName name;
  std::uint32_t uid = 0;
  std::int32_t pid = 0;
  std::string unit;     ///< the systemd unit it runs in; empty if none is known
  std::string command;  ///< the kernel's name of the command, at most 15 bytes, as a name of ours
  std::vector<std::uint32_t> gids = {};  ///< of all its groups, the primary one included
  std::string vouched_unit = {};  ///< `unit`, if the process was there to be asked; else empty
};

/// The holder as the one who asks for something.
[[nodiscard]] inline Subject subject_of(const Holder& holder) {
  return {.uid = holder.uid, .gids = holder.gids, .unit = holder.vouched_unit};
}

/// "uid 1000, pid 4711, command 'blink'": how messages name a holder; "of an unknown user".
[[nodiscard]] std::string describe(const Holder& holder);

/// The one who makes a call: what its rights depend on.
struct Caller {
  ClientName name;
  std::uint32_t uid = 0;
  bool privileged = false;  ///< root: may act on anybody's lease
};

[[nodiscard]] inline Caller caller_of(const Holder& holder) {
  constexpr std::uint32_t kRoot = 0;
  return {.name = holder.name, .uid = holder.uid, .privileged = holder.uid == kRoot};
}

}  // namespace gpiobroker::core
