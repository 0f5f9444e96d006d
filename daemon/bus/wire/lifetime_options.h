// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the options of an acquire that say how long the lease is to live.
#pragma once

#include "bus/wire/dictionary.h"
#include "bus/wire/lifeline.h"
#include "core/base/result.h"
#include "core/lease/lifetime.h"

namespace gpiobroker::bus {

struct LifetimeWish {
  core::Lifetime lifetime;
  LifelineWish lifeline;
};

/// Takes a time of 1 ms to a day out of the options; 0 if it is not there. Refused:
/// invalid_setting.
[[nodiscard]] core::Result<core::Instant> take_milliseconds(Dictionary& options, const char* key);

/// Takes "lifetime", "process", "fd", "ttl-ms" and "heartbeat-ms" out of the options. Refused:
/// invalid_setting, also for options that do not go together.
[[nodiscard]] core::Result<LifetimeWish> take_lifetime(Dictionary& options);

}  // namespace gpiobroker::bus
