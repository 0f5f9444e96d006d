// SPDX-License-Identifier: GPL-2.0-or-later
// Serves those who wait for lines.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/broker.h"

namespace gpiobroker::core {

/// What became of somebody who waited.
struct Served {
  WaiterId waiter;
  Result<LeaseId> outcome;
};

/// Acts on a broker's queue like Lifetimes does on its leases.
///
/// The rule: a request is granted as soon as all of its lines are free and nobody who came earlier
/// waits for one of them. It takes nothing while it waits, so there is no deadlock; and what comes
/// later cannot take a line that an earlier one waits for, so a request for many lines is not
/// overtaken for ever by requests for few. The price: a free line can be kept from a newcomer
/// because an earlier waiter wants it together with one that is not free yet.
class Waiting {
 public:
  explicit Waiting(Broker& broker) : broker_(broker) {}

  using Outcome = std::variant<LeaseId, WaiterId>;

  /// Grants the request; or, if it may wait and others have its lines, or they are in quarantine,
  /// puts it into the queue. Refused: as Broker::acquire(), and quota_exceeded for one who waits
  /// too often at a time.
  Result<Outcome> acquire(const Holder& holder, const AcquireRequest& request, Instant now);

  /// Serves whose turn it is. After anything that can free a line.
  std::vector<Served> serve(Instant now);

  /// Refuses those who have waited long enough: busy, or quarantined, as they would be now. Then
  /// serves whom they kept from lines that were free.
  std::vector<Served> expire(Instant now);
  [[nodiscard]] std::optional<Instant> next_deadline() const;

  /// A client is gone, and waits no more. Returns what it waited with.
  std::vector<WaiterId> leave(const ClientName& client);

 private:
  std::optional<Result<LeaseId>> try_to_serve(WaiterId id, Instant now);

  Broker& broker_;
};

}  // namespace gpiobroker::core
