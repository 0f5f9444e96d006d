// SPDX-License-Identifier: GPL-2.0-or-later
// Resets the lines that an earlier broker held when it died.
#pragma once

#include "core/broker/state.h"
#include "core/chip/sweep.h"

namespace gpiobroker::core {

/// To be run before the first lease.
class StartupSweep {
 public:
  explicit StartupSweep(BrokerState& state) : state_(state) {}

  /// Puts lines into their safe states. What cannot be reset goes into quarantine; the ledger then
  /// names what is still at risk.
  Sweep sweep(const SafeStates& lines, Instant now);

 private:
  BrokerState& state_;
};

}  // namespace gpiobroker::core
