// SPDX-License-Identifier: GPL-2.0-or-later
// Transfers a lease from one client to another, if both want it.
#pragma once

#include "core/broker/acquire_check.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// Acts on a broker's leases.
class Transfer {
 public:
  Transfer(BrokerState& state, const AcquireCheck& check) : state_(state), check_(check) {}

  /// Offers a lease to a client, in place of an earlier offer; to nobody if the name is empty.
  /// Refused: no_such_lease.
  Result<void> offer(const Client& caller, LeaseId id, const ClientName& to);

  /// Takes over what was offered: lines, settings, levels and lifetime stay as they are. Refused:
  /// no_such_lease, also where nothing was offered; denied and quota_exceeded, as if the receiver
  /// acquired the lines.
  Result<Change> accept(const Client& receiver, LeaseId id, Instant now);

 private:
  [[nodiscard]] Result<void> check_rights(const Client& receiver, const Lease& lease) const;

  BrokerState& state_;
  const AcquireCheck& check_;
};

}  // namespace gpiobroker::core
