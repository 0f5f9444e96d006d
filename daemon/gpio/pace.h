// SPDX-License-Identifier: GPL-2.0-or-later
// Limits how much of the time something takes, without holding up what is done now and then.
#pragma once

#include "core/base/instant.h"

namespace gpiobroker::gpio {

/// A token bucket, in time: what is done costs some, and time pays it back.
class Pace {
 public:
  /// So much may be owed.
  explicit Pace(core::Instant room) : room_(room) {}

  /// Something was done that costs so much. How long to wait before it is done again; zero as long
  /// as not too much is owed.
  [[nodiscard]] core::Instant spend(core::Instant now, core::Instant cost);

 private:
  core::Instant room_;
  core::Instant paid_at_{0};  // when all that was spent is paid back
};

}  // namespace gpiobroker::gpio
