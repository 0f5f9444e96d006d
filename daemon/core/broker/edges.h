// SPDX-License-Identifier: GPL-2.0-or-later
// Brings edges from the chips to the leases that want them.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/broker/state.h"

namespace gpiobroker::core {

/// Where a line stands: every edge of it with a higher number comes later.
struct LineStanding {
  std::string spec;
  Value value = Value::inactive;
  std::uint64_t line_sequence = 0;
};

/// Acts on a broker's leases. Whoever has a line hears of the same edges with the same numbers.
///
/// Of an input the kernel tells. It tells nothing of outputs; but their levels go through the
/// broker, which makes an edge for their observers out of each change that it makes.
class Edges {
 public:
  explicit Edges(BrokerState& state) : state_(state) {}

  /// Hands on what a kernel request has to tell, or a good part of it. Nothing if it is closed.
  void read(RequestId request, Instant now);

  /// Lines are about to get a new lease: what happened before is none of its business.
  void forget_earlier(std::span<const LineId> lines, Instant now);

  /// Something may have changed the level of lines that the broker holds other than the outside
  /// world: tells their observers.
  void note_levels(std::span<const LineId> lines, Instant now);

  /// The level of a line of a lease that has just been read, and its place in the sequence of
  /// edges. An edge in this very moment may be in both the level and the first edge.
  LineStanding standing_of(const LeasedLine& line, Value level, Instant now);

  /// Takes edges of a lease out of its queue.
  [[nodiscard]] std::vector<EdgeEvent> take(LeaseId lease, std::size_t most) {
    return state_.leases.take_edges(lease, most);
  }

  /// The edges of a lease with higher numbers than the last that its holder has received, who is
  /// given them again until it names a number that they are not above.
  [[nodiscard]] std::vector<EdgeEvent> lend(LeaseId lease, std::uint64_t received,
                                            std::size_t most) {
    return state_.leases.lend_edges(lease, received, most);
  }

  /// Whether the edges of a lease come to the broker. Refused: opened_directly.
  [[nodiscard]] Result<void> check_told(LeaseId lease) const;

  /// Whether a lease's holder can have received an edge of that number. Refused: invalid_value.
  [[nodiscard]] Result<void> check_received(LeaseId lease, std::uint64_t received) const;

  /// Counts edges that were taken out of a lease's queue and did not reach anybody.
  void lose(LeaseId lease, const std::vector<EdgeEvent>& edges);

  /// Tells leases of lines without an edge for longer than they like. next_timeout() says when.
  void time_out(Instant now);
  [[nodiscard]] std::optional<Instant> next_timeout() const;

  /// Whether leases got something to hear, and which, since the last call of the second.
  [[nodiscard]] bool has_edges() const { return !state_.leases_with_edges.empty(); }
  [[nodiscard]] std::set<LeaseId> take_leases_with_edges();

 private:
  void read_all(LineId line, Instant now);
  void arrived(LineId line, const LineEdge& edge, Instant now);
  void tell(const Lease& lease, const EdgeEvent& edge, bool high, Instant now);
  void enter(LeaseId lease, const EdgeEvent& edge, Instant now);
  void note_level(LineId line, Instant now);

  BrokerState& state_;
};

}  // namespace gpiobroker::core
