// SPDX-License-Identifier: GPL-2.0-or-later
// Two clocks, of which the first to run out counts.
#include "core/expiry.h"

namespace gpiobroker::core {

std::optional<Expiry> expiry_of(const Lease& lease) {
  std::optional<Expiry> first;
  if (lease.lifetime.kind == LifetimeKind::ttl) {
    first = {lease.kept_alive + lease.lifetime.ttl, EndReason::expired};
  }
  if (lease.lifetime.heartbeat > Instant{0}) {
    const Expiry silence{lease.last_use + lease.lifetime.heartbeat, EndReason::hung};
    if (!first || silence.at < first->at) first = silence;
  }
  return first;
}

}  // namespace gpiobroker::core
