// SPDX-License-Identifier: GPL-2.0-or-later
// How much of the broker one user, and one client, may have.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/lease_registry.h"
#include "core/result.h"

namespace gpiobroker::core {

/// Nothing: as much as they like.
using Limit = std::optional<std::uint32_t>;

struct Limits {
  Limit leases;            ///< at a time
  Limit lines;             ///< leased at a time
  Limit calls_per_second;  ///< on the average; as many at once after a second of none

  bool operator==(const Limits&) const = default;
};

/// Generous on purpose: more lines than a board has, more calls than a program makes that does
/// not run wild. What is theirs is counted for a user over all its clients.
struct Quotas {
  Limits user{.leases = 64, .lines = 256, .calls_per_second = 10'000};
  Limits client{.leases = 64, .lines = 256, .calls_per_second = 5'000};
  std::vector<std::uint32_t> exempt{0};  ///< users without limits: root

  [[nodiscard]] bool exempts(std::uint32_t uid) const;

  bool operator==(const Quotas&) const = default;
};

/// Whether a client may have one more lease, of so many lines. Refused: quota_exceeded.
[[nodiscard]] Result<void> check_quota(const Quotas& quotas, const LeaseRegistry& leases,
                                       const Holder& holder, std::size_t lines);

}  // namespace gpiobroker::core
