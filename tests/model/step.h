// SPDX-License-Identifier: GPL-2.0-or-later
// One thing that somebody does, or that happens, in the model of the broker's world.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/lease/access.h"
#include "core/lease/lifetime.h"

namespace gpiobroker::test {

enum class Action : std::uint8_t {
  acquire,
  release_all,   ///< of what the connection acquired
  release_line,  ///< whichever of the user's leases has it
  keep_alive,
  use,  ///< a sign of life, by which a new connection takes over what the earlier one left
  offer,
  accept,
  open,          ///< what was leased directly: the client has a duplicate of its kernel request
  drive,         ///< by the duplicate, as it can be by who was leased the line
  leave_child,   ///< that has inherited the duplicate
  close_direct,  ///< the duplicate, and says so
  die,           ///< with its connection, its process and its duplicate
  go,  ///< the client is gone from the bus, and comes back as another connection of the same user
  revoke,
  child_drives,  ///< by what it inherited, whoever has the line
  child_ends,
  hear,          ///< what the chips tell, where that is not heard at once
  pass_time,     ///< a minute
  break_line,    ///< the line cannot be configured any more
  break_answer,  ///< whatever is done to the line, the chip says that it is pulled up
  mend_line,
  fill_store,  ///< the ledger cannot be written any more
  empty_store,
  kill_broker,
  start_broker,
};

/// Whoever does it: the client. What of: the lines, a bit each.
struct Step {
  Action action = Action::acquire;
  std::uint8_t client = 0;
  std::uint8_t lines = 0;
  core::Access access = core::Access::exclusive;
  core::LifetimeKind lifetime = core::LifetimeKind::connection;
  bool heartbeat = false;
  bool waits = false;
  bool direct = false;
  std::uint8_t to = 0;        ///< the client that a lease is offered to
  std::uint8_t crash_at = 0;  ///< the broker is killed at this point of it; 0: it is not
};

using Story = std::vector<Step>;

/// "client 1 acquires lines 0 2, shared, waiting".
[[nodiscard]] std::string to_words(const Step& step);

/// A line for each step.
[[nodiscard]] std::string to_words(const Story& story);

}  // namespace gpiobroker::test
