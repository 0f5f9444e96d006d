// SPDX-License-Identifier: GPL-2.0-or-later
// Adds each change to the counts.
#include "core/broker/counters.h"

namespace gpiobroker::core {

void Counters::note(const Change& change) {
  granted += change.granted.size();
  for (const EndedLease& lease : change.ended) ++ended[lease.reason];
  opened += change.opened;
  undone += change.undone.size();
  resets += change.resets;
  failed_resets += change.quarantined.size();
}

}  // namespace gpiobroker::core
