// SPDX-License-Identifier: GPL-2.0-or-later
// Requests that wait for lines, in the order in which they came.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/lease/acquire_request.h"

namespace gpiobroker::core {

/// Numbers rise in the order of arrival.
struct WaiterId {
  std::uint64_t value = 0;
  auto operator<=>(const WaiterId&) const = default;
};

struct Waiter {
  Client holder;
  AcquireRequest request;
  std::vector<LineId> lines;  ///< of the request
  Instant deadline;

  /// The line that the request calls so.
  [[nodiscard]] std::optional<LineId> line_called(std::string_view spec) const;
};

/// Bookkeeping only: who waits for what. A line is a waiter's turn if nobody who came earlier
/// waits for it.
class AcquireQueue {
 public:
  /// At the end; or, of a request that was removed a moment ago, in its place.
  WaiterId add(Waiter waiter, std::optional<WaiterId> place = {});
  void remove(WaiterId id);

  [[nodiscard]] const std::map<WaiterId, Waiter>& all() const { return waiters_; }
  [[nodiscard]] std::vector<WaiterId> of_client(const ClientName& client) const;
  [[nodiscard]] std::size_t count_of_user(std::uint32_t uid) const;

  /// A client's request for exactly these lines, or nothing.
  [[nodiscard]] std::optional<WaiterId> find(const ClientName& client,
                                             std::span<const LineId> lines) const;

  /// Whether anybody but this client waits for a line.
  [[nodiscard]] bool is_wanted_by_others(LineId line, const ClientName& client) const;

  /// Whether each line of a waiter is its turn.
  [[nodiscard]] bool has_its_turn(WaiterId id) const;

  /// The earliest deadline, or nothing if nobody waits.
  [[nodiscard]] std::optional<Instant> next_deadline() const;

 private:
  std::map<WaiterId, Waiter> waiters_;
  std::map<LineId, std::set<WaiterId>> by_line_;  // each line that is waited for: who does
  WaiterId next_{1};
};

}  // namespace gpiobroker::core
