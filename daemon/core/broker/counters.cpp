// SPDX-License-Identifier: GPL-2.0-or-later
// Adds each change to the counts.
#include "core/broker/counters.h"

#include <algorithm>

namespace gpiobroker::core {

void Counters::note(const Change& change, Instant took) {
  for (const EndedLease& lease : change.ended) ++ended[lease.reason];
  resets += change.resets;
  failed_resets += change.quarantined.size();
  if (change.resets > 0) slowest_reset = std::max(slowest_reset, took);
}

}  // namespace gpiobroker::core
