// SPDX-License-Identifier: GPL-2.0-or-later
// Adding up.
#include "core/broker/counters.h"

namespace gpiobroker::core {

void Counters::note(const Change& change) {
  granted += change.granted.size();
  for (const EndedLease& lease : change.ended) ++ended[lease.reason];
  resets += change.resets;
  failed_resets += change.quarantined.size();
}

}  // namespace gpiobroker::core
