// SPDX-License-Identifier: GPL-2.0-or-later
// Hears what programs outside the broker do to lines.
#pragma once

#include "core/broker/direct.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// Whoever opens a chip by itself is not asked by the broker, and not kept from anything by it; but
/// the kernel tells of it (Chip::read_news()).
class Outside {
 public:
  Outside(BrokerState& state, Direct& direct) : state_(state), direct_(direct) {}

  /// Reads the news of a chip: the lines that may look different now, and what becomes of those of
  /// which somebody has a duplicate. Nothing of one that is gone.
  Change read(ChipId chip, Instant now);

 private:
  BrokerState& state_;
  Direct& direct_;
};

}  // namespace gpiobroker::core
