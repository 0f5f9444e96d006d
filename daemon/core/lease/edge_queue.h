// SPDX-License-Identifier: GPL-2.0-or-later
// The edges that a lease's holder has not taken yet.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "core/line/edge_event.h"

namespace gpiobroker::core {

// The sums in docs/memory.md count on it.
static_assert(sizeof(EdgeEvent) <= 40);

/// Bounded: the oldest edge makes way for the newest, as in the kernel, and is counted as lost.
class EdgeQueue {
 public:
  static constexpr std::size_t kDefaultCapacity = 1024;
  static constexpr std::size_t kMostCapacity = 65536;

  explicit EdgeQueue(std::size_t capacity = kDefaultCapacity) : capacity_(capacity) {}

  /// Enters an edge and gives it its number. Returns whether an older one made way.
  bool push(EdgeEvent event);

  /// Edges of a line are lost that never came here.
  void note_lost(LineId line, std::uint64_t count);

  /// An edge that was taken did not reach anybody.
  void note_undelivered(LineId line) { ++lost_[line]; }

  /// Takes the oldest edges out, at most so many.
  [[nodiscard]] std::vector<EdgeEvent> take(std::size_t most);

  /// The oldest edges with higher numbers than `received`, at most so many. They are kept beside
  /// the capacity, in case that they do not come to whom they are for, until a later call says by
  /// its number that they did.
  [[nodiscard]] std::vector<EdgeEvent> lend(std::uint64_t received, std::size_t most);

  /// Drops the edges of lines, or all of them, without counting them as lost.
  void forget(std::span<const LineId> lines);
  void forget_all();

  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::size_t size() const { return events_.size(); }

  /// The number of the last edge so far, or loss; 0 before the first.
  [[nodiscard]] std::uint64_t last_sequence() const { return last_sequence_; }

  /// How many edges of each line were lost since the lease was granted; without those that lost
  /// none.
  [[nodiscard]] const std::map<LineId, std::uint64_t>& lost() const { return lost_; }

 private:
  std::size_t capacity_;
  std::deque<EdgeEvent> events_;
  std::deque<EdgeEvent> lent_;  // older than these; who was sent them has not said that they came
  std::map<LineId, std::uint64_t> lost_;
  std::uint64_t last_sequence_ = 0;
};

}  // namespace gpiobroker::core
