// SPDX-License-Identifier: GPL-2.0-or-later
// How long a lease is to live: as long as a connection, a process, or something else.
#pragma once

#include "core/base/instant.h"

namespace gpiobroker::core {

enum class LifetimeKind {
  connection,  ///< its holder's connection to the bus
  process,     ///< a process of its holder's user
  fd,          ///< the other end of a pipe or socket that its holder handed over
  ttl,         ///< a time, unless it is kept alive
  persistent,  ///< the broker, unless it is released
};

struct Lifetime {
  LifetimeKind kind = LifetimeKind::connection;
  Instant ttl{0};        ///< of kind ttl: so long after the grant or the last keep-alive
  Instant heartbeat{0};  ///< of any kind: so long after the last use; 0: no matter when that was
};

[[nodiscard]] constexpr const char* to_word(LifetimeKind kind) {
  switch (kind) {
    case LifetimeKind::connection: return "connection";
    case LifetimeKind::process: return "process";
    case LifetimeKind::fd: return "fd";
    case LifetimeKind::ttl: return "ttl";
    case LifetimeKind::persistent: return "persistent";
  }
  return "unknown";
}

}  // namespace gpiobroker::core
