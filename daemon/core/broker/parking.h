// SPDX-License-Identifier: GPL-2.0-or-later
// Puts safe states in force, and holds the lines that the administrator wants parked.
#pragma once

#include "core/broker/lease_end.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// A parked line is held in its safe state while nobody leases it.
class Parking {
 public:
  Parking(BrokerState& state, LeaseEnd& end) : state_(state), end_(end) {}

  /// Puts a policy in force, with the safe states and the parking that it wants: for new calls, and
  /// for the end of leases that run on. Refused: not_recorded; the policy is then the one before.
  Result<Change> apply(Policy policy, Instant now);

  /// Chips have come: what the policy wants of lines holds for theirs, too. Refused: not_recorded.
  Result<Change> apply_to_new_chips(Instant now);

  /// Changes where lines go from now on, running leases included, parks what is to be parked and
  /// lets go of what is not any more. Refused: not_recorded; nothing has changed then.
  Result<Change> set_safe_states(const SafeStates& states, Instant now);

 private:
  Change park(Instant now);
  void unpark(const SafeStates& states);
  Change park_line(LineId line, Instant now);

  BrokerState& state_;
  LeaseEnd& end_;
};

}  // namespace gpiobroker::core
