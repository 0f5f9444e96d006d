// SPDX-License-Identifier: GPL-2.0-or-later
// What the broker does with lines without a client asking for it.
#pragma once

#include "core/broker/broker.h"
#include "core/chip/sweep.h"

namespace gpiobroker::core {

/// Acts on a broker's lines like LineAccess does, but for the administrator and the hardware.
class Caretaker {
 public:
  explicit Caretaker(Broker& broker) : broker_(broker) {}

  /// Resets what an earlier broker had in its hands. Before the first lease. What cannot be reset
  /// goes into quarantine; the ledger then names what is still at risk.
  Sweep sweep(const SafeStates& lines, Instant now);

  /// Puts a policy in force, with the safe states and the parking that it wants: for new calls, and
  /// for the end of leases that run on. Refused: not_recorded; the policy is then the one before.
  Result<Change> apply(Policy policy, Instant now);

  /// Chips have come: what the policy wants of lines holds for theirs, too. Refused: not_recorded.
  Result<Change> apply_to_new_chips(Instant now);

  /// Changes where lines go from now on, running leases included, parks what is to be parked and
  /// lets go of what is not any more. Refused: not_recorded; nothing has changed then.
  Result<Change> set_safe_states(const SafeStates& states, Instant now);

  /// A chip is gone: resets what can be reset, ends the leases with a line on it, those lines on
  /// other chips included, and detaches it. A chip that was called gone and still answers so keeps
  /// none of its lines driven.
  Change chip_gone(ChipId chip, Instant now);

 private:
  Change park(Instant now);
  void unpark(const SafeStates& states);
  void park_line(LineId line, Instant now, Change& change);
  void give_up_lines(ChipId chip);
  void end_for_chip(const Lease& lease, ChipId chip, Instant now, Change& change);

  Broker& broker_;
};

}  // namespace gpiobroker::core
