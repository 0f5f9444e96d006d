// SPDX-License-Identifier: GPL-2.0-or-later
// Counts in time: each time costs an interval, and time pays it back.
#include "gpio/pace.h"

#include <algorithm>

namespace gpiobroker::gpio {

bool Pace::spend(core::Instant now) {
  paid_until_ = std::max(paid_until_, now) + interval_;
  return paid_until_ - now <= room_;
}

}  // namespace gpiobroker::gpio
