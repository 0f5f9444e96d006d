// SPDX-License-Identifier: GPL-2.0-or-later
// Kernel requests of which somebody was given a duplicate.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/chip/chip.h"
#include "core/lease/client.h"

namespace gpiobroker::core {

/// A request from the moment on at which its holder was given a duplicate of its descriptor, until
/// nobody can have one any more. With it lines can be driven, whatever became of the lease.
struct HandedOut {
  LeaseId lease;
  Client holder;                 ///< who had the lease when it was opened
  std::set<ClientName> openers;  ///< those who were given one and whose processes live
  std::vector<LineId> lines;     ///< of the request, in the order of its bits
  std::set<LineId> left = {};    ///< those that the lease does not have any more
  bool is_given_back = false;    ///< whoever had duplicates says that they are closed
  /// When the broker closed its own, on the chip's clock (Chip::time()): what the kernel tells of
  /// the end is of a later time.
  std::optional<std::chrono::nanoseconds> closed_at = {};

  [[nodiscard]] bool is_closed() const { return closed_at.has_value(); }
  [[nodiscard]] bool is_over() const { return left.size() == lines.size(); }
};

/// All of them. Bookkeeping only.
class Outstanding {
 public:
  [[nodiscard]] HandedOut* find(RequestId id);
  [[nodiscard]] HandedOut* with(LineId line);
  [[nodiscard]] const HandedOut* with(LineId line) const;

  /// Enters a request, or one more who was given a duplicate of it.
  void add(RequestId id, const HandedOut& entry, const ClientName& opener);

  /// A line of it is free again; the request is forgotten with its last one.
  void forget(LineId line);

  /// Forgets the lines of a chip that is gone.
  void drop(ChipId chip);

  /// Requests whose openers may be gone, or are.
  [[nodiscard]] std::vector<RequestId> of_lease(LeaseId lease) const;
  [[nodiscard]] std::vector<RequestId> of_opener(const ClientName& opener) const;

  /// What a user still has after its leases ended, or were given back in part.
  struct Kept {
    std::size_t requests = 0;
    std::size_t lines = 0;
  };
  [[nodiscard]] Kept kept_by(std::uint32_t uid) const;

  [[nodiscard]] const std::map<RequestId, HandedOut>& all() const { return entries_; }

 private:
  std::map<RequestId, HandedOut> entries_;  // each request of which there may be a duplicate
};

}  // namespace gpiobroker::core
