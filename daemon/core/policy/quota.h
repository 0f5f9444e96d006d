// SPDX-License-Identifier: GPL-2.0-or-later
// Limits how much of the broker one user, and one client, may have.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/lease/lease_registry.h"
#include "core/lease/outstanding.h"

namespace gpiobroker::core {

/// Nothing: as much as they like.
using Limit = std::optional<std::uint32_t>;

struct Limits {
  Limit leases;            ///< at a time
  Limit lines;             ///< leased at a time
  Limit calls_per_second;  ///< on the average; as many at once after a second of none
  Limit edges = {};        ///< that leases may have waiting for their holders, all buffers together

  bool operator==(const Limits&) const = default;
};

/// Generous on purpose: more lines than a board has, more calls than a program makes that does
/// not run wild. What is theirs is counted for a user over all its clients.
struct Quotas {
  Limits user{.leases = 64, .lines = 256, .calls_per_second = 10'000, .edges = 131'072};
  Limits client{.leases = 64, .lines = 256, .calls_per_second = 5'000, .edges = 131'072};
  std::vector<std::uint32_t> exempt{0};  ///< users without limits: root

  [[nodiscard]] bool exempts(std::uint32_t uid) const;

  bool operator==(const Quotas&) const = default;
};

/// What the buffers of all leases may have room for, whatever the quotas are, and how much of it is
/// kept for users without limits. An edge takes 40 bytes, so all of them take less than a fourth of
/// what the service may have (MemoryMax=): docs/memory.md has the sums.
inline constexpr std::size_t kMostEdges = 786'432;
inline constexpr std::size_t kEdgesKeptForTheExempt = 131'072;

/// What one more lease would take.
struct Demand {
  std::size_t lines = 0;
  std::size_t edges = 0;                ///< that its buffer has room for
  Outstanding::Kept kept_already = {};  ///< what its user has of leases that are over
};

/// Whether a client may have one more lease. Refused: quota_exceeded.
[[nodiscard]] Result<void> check_quota(const Quotas& quotas, const LeaseRegistry& leases,
                                       const Client& client, const Demand& demand);

/// Whether a client may have buffers for so many edges more. Refused: quota_exceeded, with how many
/// there is room for.
[[nodiscard]] Result<void> check_edges(const Quotas& quotas, const LeaseRegistry& leases,
                                       const Client& client, std::size_t edges);

}  // namespace gpiobroker::core
