// SPDX-License-Identifier: GPL-2.0-or-later
// When a lease is over by itself.
#pragma once

#include <optional>

#include "core/lease.h"

namespace gpiobroker::core {

struct Expiry {
  Instant at;
  EndReason reason;  ///< expired or hung
};

/// When a lease ends unless it is kept alive, or used, and why then; nothing if time does not end
/// it. If both its time and its heartbeat run out: what comes first.
[[nodiscard]] std::optional<Expiry> expiry_of(const Lease& lease);

}  // namespace gpiobroker::core
