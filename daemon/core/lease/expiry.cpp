// SPDX-License-Identifier: GPL-2.0-or-later
// Compares the time to live and the heartbeat: the first to run out counts.
#include "core/lease/expiry.h"

#include <algorithm>

namespace gpiobroker::core {

std::optional<Expiry> expiry_of(const Lease& lease) {
  std::optional<Expiry> first;
  if (lease.lifetime.kind == LifetimeKind::ttl) {
    first = {lease.kept_alive + lease.lifetime.ttl, EndReason::expired};
  }
  if (lease.lifetime.heartbeat > Instant{0}) {
    const Instant since = std::max(lease.last_use, lease.forgiven);
    const Expiry silence{since + lease.lifetime.heartbeat, EndReason::hung};
    if (!first || silence.at < first->at) first = silence;
  }
  return first;
}

std::optional<Instant> next_look_at(const Lease& lease, Instant now) {
  constexpr Instant kLeast = std::chrono::milliseconds(25);
  const auto expiry = expiry_of(lease);
  if (!expiry || lease.lifetime.heartbeat == Instant{0}) {
    return expiry ? std::optional(expiry->at) : std::nullopt;
  }
  return std::min(expiry->at, now + std::max(lease.lifetime.heartbeat / 4, kLeast));
}

bool tells_of_absence(const Lease& lease, Instant late) {
  constexpr Instant kMuch = std::chrono::milliseconds(100);
  return lease.lifetime.heartbeat > Instant{0} &&
         late >= std::min(kMuch, lease.lifetime.heartbeat / 2);
}

}  // namespace gpiobroker::core
