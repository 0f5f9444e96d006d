// SPDX-License-Identifier: GPL-2.0-or-later
// Resets the lines that an earlier broker held when it died.
#pragma once

#include "core/broker/duplicates.h"
#include "core/broker/state.h"
#include "core/chip/sweep.h"

namespace gpiobroker::core {

/// To be run before the first lease.
class StartupSweep {
 public:
  StartupSweep(BrokerState& state, Duplicates& duplicates)
      : state_(state), duplicates_(duplicates) {}

  /// Puts lines into their safe states. What cannot be reset goes into quarantine, and so does what
  /// an earlier broker handed out and somebody still has; the ledger then names what is still at
  /// risk.
  Sweep sweep(const SafeStates& lines, Instant now);

 private:
  BrokerState& state_;
  Duplicates& duplicates_;
};

}  // namespace gpiobroker::core
