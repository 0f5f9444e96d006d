// SPDX-License-Identifier: GPL-2.0-or-later
// Adds up what is owed, as the time at which it will be paid back.
#include "gpio/pace.h"

#include <algorithm>

namespace gpiobroker::gpio {

core::Instant Pace::spend(core::Instant now, core::Instant cost) {
  paid_at_ = std::max(paid_at_, now) + cost;
  return std::max(core::Instant{0}, paid_at_ - now - room_);
}

}  // namespace gpiobroker::gpio
