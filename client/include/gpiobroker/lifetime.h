// SPDX-License-Identifier: LGPL-2.1-or-later
// How long a lease is to live: as long as a connection, a process, or something else.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace gpiobroker {

/// One of these, for a lease that is not to end with its connection. Any connection of the same
/// user may then use it: Broker::find_lease().
struct Lifetime {
  std::optional<std::int32_t> process = {};  ///< as long as this process, of one's own user
  std::optional<int> fd = {};  ///< until nobody has the other end of this pipe or socket
  std::optional<std::chrono::milliseconds> ttl = {};  ///< so long, from each keep_alive() anew
  bool persistent = false;  ///< until it is released, or the broker stops; by policy
};

}  // namespace gpiobroker
