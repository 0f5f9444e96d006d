// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps requests that wait for lines, and grants them when it is their turn.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/broker/acquire_check.h"
#include "core/broker/granting.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// What became of somebody who waited.
struct Served {
  WaiterId waiter;
  Result<LeaseId> outcome;
};

/// Acts on a broker's queue like LeaseExpiry does on its leases.
///
/// The rule: a request is granted as soon as all of its lines are free and nobody who came earlier
/// waits for one of them. It takes nothing while it waits, so there is no deadlock; and what comes
/// later cannot take a line that an earlier one waits for, so a request for many lines is not
/// overtaken for ever by requests for few. The price: a free line can be kept from a newcomer
/// because an earlier waiter wants it together with one that is not free yet.
class Waiting {
 public:
  Waiting(BrokerState& state, Granting& granting, const AcquireCheck& check)
      : state_(state), granting_(granting), check_(check) {}

  using Outcome = std::variant<LeaseId, WaiterId>;

  /// How many requests may wait: what is kept for them is bounded by that.
  static constexpr std::size_t kMostOfClient = 32;
  static constexpr std::size_t kMostOfUser = 32;
  static constexpr std::size_t kMostOfAll = 128;
  static constexpr std::size_t kKeptForTheExempt = 32;  ///< of these, for users without quotas

  /// A client that asks again for exactly the lines that it waits for, but to observe them, has
  /// given the earlier request up, whatever becomes of the later one. Returns the one that waits no
  /// more; its place is the later one's.
  std::optional<WaiterId> give_up_earlier(const ClientName& client, const AcquireRequest& request);

  /// Grants the request; or, if it may wait and others have its lines, or they are in quarantine,
  /// puts it into the queue, in a place that give_up_earlier() made or at the end. Refused: as
  /// Broker::acquire(), and quota_exceeded if too many wait.
  Result<Outcome> acquire(const Client& holder, const AcquireRequest& request, Instant now,
                          std::optional<WaiterId> place = {});

  /// Serves whose turn it is. After anything that can free a line.
  std::vector<Served> serve(Instant now);

  /// Refuses those who have waited long enough: busy, or quarantined, as they would be now. Then
  /// serves whom they kept from lines that were free.
  std::vector<Served> expire(Instant now);
  [[nodiscard]] std::optional<Instant> next_deadline() const;

  /// A client gives up what it waits for of these lines, or everything if none is named. Returns
  /// what it waited with. What it does not wait for is no error.
  std::vector<WaiterId> withdraw(const ClientName& client, const std::vector<std::string>& specs);

  /// A client is gone, and waits no more. Returns what it waited with.
  std::vector<WaiterId> leave(const ClientName& client);

 private:
  [[nodiscard]] Result<std::vector<LineId>> lines_of(const AcquireRequest& request) const;
  [[nodiscard]] bool is_waited_for(const Waiter& waiter, const std::string& spec) const;
  [[nodiscard]] Result<void> check_count(const Client& holder) const;
  std::optional<Result<LeaseId>> try_to_serve(WaiterId id, Instant now);

  BrokerState& state_;
  Granting& granting_;
  const AcquireCheck& check_;
};

}  // namespace gpiobroker::core
