// SPDX-License-Identifier: GPL-2.0-or-later
// Ends what there is on a chip that is gone.
#pragma once

#include <vector>

#include "core/broker/lease_end.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// A chip that was called gone and still answers keeps none of its lines driven.
class ChipRemoval {
 public:
  ChipRemoval(BrokerState& state, LeaseEnd& end) : state_(state), end_(end) {}

  /// Resets what can be reset, ends the leases with a line on the chip, those lines on other chips
  /// included, and detaches it.
  Change chip_gone(ChipId chip, Instant now);

 private:
  void give_up_lines(ChipId chip);
  void forget_lines(ChipId chip);
  [[nodiscard]] std::vector<LeaseId> leases_on(ChipId chip) const;

  BrokerState& state_;
  LeaseEnd& end_;
};

}  // namespace gpiobroker::core
