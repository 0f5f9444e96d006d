// SPDX-License-Identifier: GPL-2.0-or-later
// Says when the time of leases is looked at, and when it is judged.
#pragma once

#include <optional>

#include "core/broker/lease_expiry.h"

namespace gpiobroker::turn {

/// A lease's time is looked at when it may be over, and judged when nothing else is to be done,
/// but a second later at the latest: what waits to be read may be a sign of life, and nobody can
/// put the end off by calling for ever.
class ExpiryWatch {
 public:
  explicit ExpiryWatch(core::LeaseExpiry& expiry) : expiry_(expiry) {}

  /// A lease is new. Not to be called with each use: a look that comes too early does no harm.
  void look_after(const core::Lease& lease, core::Instant now);

  [[nodiscard]] std::optional<core::Instant> next_due() const;

  /// Looks, if it is time to. Returns whether it is time to judge, whatever else there is to do.
  bool on_time(core::Instant now);

  /// Whether judge() is to be called once nothing else is to be done.
  [[nodiscard]] bool waits_for_quiet() const { return judged_by_.has_value(); }

  /// Ends what is over.
  core::Change judge(core::Instant now);

 private:
  core::LeaseExpiry& expiry_;
  std::optional<core::Instant> next_look_;
  std::optional<core::Instant> judged_by_;  // while what was looked at is not judged
  core::Instant absence_{0};                // how much later than that the look came
};

}  // namespace gpiobroker::turn
