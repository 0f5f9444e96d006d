// SPDX-License-Identifier: GPL-2.0-or-later
// Ends leases whose time is over, and takes the signs of life that keep them.
#pragma once

#include <optional>
#include <string>

#include "core/broker/lease_end.h"
#include "core/broker/state.h"
#include "core/lease/expiry.h"

namespace gpiobroker::core {

/// Knows whose time is over, and hears the signs of life.
class LeaseExpiry {
 public:
  LeaseExpiry(BrokerState& state, LeaseEnd& end) : state_(state), end_(end) {}

  /// The lease that a line is in, if the caller may use it. Refused: no_such_line, ambiguous_line,
  /// no_such_lease.
  [[nodiscard]] Result<LeaseId> find(const Client& caller, const std::string& spec) const;

  /// A client does something with a lease: a sign of life. If the connection that held it is gone,
  /// and the client is of the same user, it takes the lease over. Refused: no_such_lease.
  Result<Change> use(const Client& client, LeaseId id, Instant now);

  /// Starts the lease's time anew. Refused: no_such_lease.
  Result<void> keep_alive(const Client& caller, LeaseId id, Instant now);

  /// What a lease was to live as long as is gone. Ends nothing if the lease is over already.
  Change ended(LeaseId id, EndReason reason, Instant now);

  /// Ends the leases whose time is over. next_expiry() says when there will be some.
  ///
  /// `due` is when this was to be called, by next_look(). If that is long ago, the broker itself
  /// was away. A holder whose signs of life may wait to be read, or who was away as long, is not
  /// hung: its heartbeat counts from now, once until it gives one.
  Change expire(Instant now, Instant due);
  Change expire(Instant now) { return expire(now, now); }
  [[nodiscard]] std::optional<Instant> next_expiry() const;

  /// When to call expire() next, or nothing: next_expiry(), or earlier, so that an absence shows.
  [[nodiscard]] std::optional<Instant> next_look(Instant now) const;

 private:
  void forgive_silence(Instant now, Instant late);

  BrokerState& state_;
  LeaseEnd& end_;
};

}  // namespace gpiobroker::core
