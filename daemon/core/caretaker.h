// SPDX-License-Identifier: GPL-2.0-or-later
// What the broker does with lines without a client asking for it.
#pragma once

#include "core/broker.h"
#include "core/sweep.h"

namespace gpiobroker::core {

/// Acts on a broker's lines like LineAccess does, but for the administrator and the hardware.
class Caretaker {
 public:
  explicit Caretaker(Broker& broker) : broker_(broker) {}

  /// Resets what an earlier broker had in its hands. Before the first lease. What cannot be reset
  /// goes into quarantine; the ledger then names what is still at risk.
  Sweep sweep(const SafeStates& lines, Instant now);

  /// Changes where lines go from now on, running leases included, parks what is to be parked and
  /// lets go of what is not any more. Refused: not_recorded; nothing has changed then.
  Result<Change> set_safe_states(const SafeStates& states, Instant now);

  /// Takes and makes safe the lines of an attached chip that are to be parked.
  Change park(Instant now);

  /// A chip is gone: ends the leases with a line on it, resets their lines on other chips, and
  /// detaches it.
  Change chip_gone(ChipId chip, Instant now);

 private:
  void unpark(const SafeStates& states);
  void park_line(LineId line, Instant now, Change& change);
  void end_for_chip(const Lease& lease, ChipId chip, Instant now, Change& change);

  Broker& broker_;
};

}  // namespace gpiobroker::core
