// SPDX-License-Identifier: GPL-2.0-or-later
// Limits calls to what the quotas allow, by a token bucket for each client and each user.
#pragma once

#include <map>

#include "core/base/instant.h"
#include "core/policy/quota.h"

namespace gpiobroker::core {

/// Remembers clients while they are on the bus, and users until their buckets are full again: a
/// user gets no new calls by leaving and coming back.
class CallBudget {
 public:
  /// Takes a call off the client's budget and its user's: what it costs, in calls. One that costs
  /// more than is left goes through if one call would, and has to be earned afterwards, in 10
  /// seconds at most. Refused, with nothing taken: quota_exceeded.
  Result<void> take(const Quotas& quotas, const Client& caller, Instant now,
                    std::uint32_t cost = 1);

  /// A client is gone.
  void forget(const ClientName& client, Instant now);

  /// How many buckets there are.
  [[nodiscard]] std::size_t size() const { return clients_.size() + users_.size(); }

 private:
  /// When a bucket that fills at its rate will be full: all that is to be known of it.
  using FullAt = Instant;

  std::map<ClientName, FullAt> clients_;
  std::map<std::uint32_t, FullAt> users_;  // user id: its bucket
};

}  // namespace gpiobroker::core
