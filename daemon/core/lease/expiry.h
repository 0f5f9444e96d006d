// SPDX-License-Identifier: GPL-2.0-or-later
// Tells when a lease ends by itself.
#pragma once

#include <optional>

#include "core/lease/lease.h"

namespace gpiobroker::core {

struct Expiry {
  Instant at;
  EndReason reason;  ///< expired or hung
};

/// When a lease ends unless it is kept alive, or used, and why then; nothing if time does not end
/// it. If both its time and its heartbeat run out: what comes first.
[[nodiscard]] std::optional<Expiry> expiry_of(const Lease& lease);

/// When to look after a lease at the latest, or nothing: when it ends, and where it has a heartbeat
/// several times before that, so that the broker learns that it was away itself, however short that
/// was compared to the heartbeat.
[[nodiscard]] std::optional<Instant> next_look_at(const Lease& lease, Instant now);

/// Whether a look that comes so late means that signs of life may not have been heard: the broker
/// was stopped, or suspended with the whole machine, or busy.
[[nodiscard]] bool tells_of_absence(const Lease& lease, Instant late);

}  // namespace gpiobroker::core
