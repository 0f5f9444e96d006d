// SPDX-License-Identifier: GPL-2.0-or-later
// Limits how often something is done, without holding up what is done now and then.
#pragma once

#include "core/base/instant.h"

namespace gpiobroker::gpio {

/// So many times in a row, and from then on once in each interval: a token bucket.
class Pace {
 public:
  Pace(int burst, core::Instant interval) : room_(interval * burst), interval_(interval) {}

  /// It was done once. Whether it may be done again at once; if not, after an interval.
  [[nodiscard]] bool spend(core::Instant now);

 private:
  core::Instant room_;
  core::Instant interval_;
  core::Instant paid_until_{0};  // an interval for each time that it was done
};

}  // namespace gpiobroker::gpio
