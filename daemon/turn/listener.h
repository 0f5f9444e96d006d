// SPDX-License-Identifier: GPL-2.0-or-later
// The interface of those who are told what happened in a turn: the bus, the log.
#pragma once

#include <optional>
#include <set>

#include "core/base/instant.h"
#include "core/broker/change.h"
#include "core/broker/waiting.h"

namespace gpiobroker::turn {

/// Hears of what it overrides. May call the turn back from any of these: what comes of that is told
/// in the next turn.
class Listener {
 public:
  Listener() = default;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  virtual ~Listener() = default;

  /// All that has changed since the last turn, in one. A lease that was granted may have ended.
  virtual void changed(const core::Change& /*change*/, core::Instant /*now*/) {}

  /// Somebody who waited for lines has them, or waits no more. Told before the change.
  virtual void served(const core::Served& /*waiter*/) {}

  /// These leases have edges to hear of. Some may have ended.
  virtual void edges_came(const std::set<core::LeaseId>& /*leases*/) {}

  /// A client has left the bus. Told before its leases end and it waits no more.
  virtual void client_gone(const core::ClientName& /*client*/) {}

  /// When on_time() is to be called, or nothing. Asked at the end of each turn, and on demand.
  [[nodiscard]] virtual std::optional<core::Instant> next_due() const { return std::nullopt; }
  virtual void on_time(core::Instant /*now*/) {}
};

}  // namespace gpiobroker::turn
