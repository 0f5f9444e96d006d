// SPDX-License-Identifier: GPL-2.0-or-later
// The options of an acquire that say how long the lease is to live.
#pragma once

#include "bus/arguments.h"
#include "bus/lifeline.h"

namespace gpiobroker::bus {

struct LifetimeWish {
  core::Lifetime lifetime;
  LifelineWish lifeline;
};

/// Takes "lifetime", "process", "fd", "ttl-ms" and "heartbeat-ms" out of the options. Refused:
/// invalid_setting, also for options that do not go together.
[[nodiscard]] core::Result<LifetimeWish> take_lifetime(Dictionary& options);

}  // namespace gpiobroker::bus
