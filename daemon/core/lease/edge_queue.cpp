// SPDX-License-Identifier: GPL-2.0-or-later
// Gives the oldest edge first, and drops the oldest first when the queue is full.
#include "core/lease/edge_queue.h"

#include <algorithm>
#include <iterator>

namespace gpiobroker::core {

bool EdgeQueue::push(EdgeEvent event) {
  event.sequence = ++last_sequence_;
  const bool full = events_.size() == capacity_;
  if (full) {
    ++lost_[events_.front().line];
    events_.pop_front();
  }
  events_.push_back(event);
  return full;
}

void EdgeQueue::note_lost(LineId line, std::uint64_t count) {
  if (count == 0) return;
  lost_[line] += count;
  last_sequence_ += count;
}

std::vector<EdgeEvent> EdgeQueue::take(std::size_t most) {
  const auto count = static_cast<std::ptrdiff_t>(std::min(most, events_.size()));
  const auto end = events_.begin() + count;
  std::vector<EdgeEvent> taken(events_.begin(), end);
  events_.erase(events_.begin(), end);
  return taken;
}

std::vector<EdgeEvent> EdgeQueue::lend(std::uint64_t received, std::size_t most) {
  for (std::deque<EdgeEvent>* edges : {&lent_, &events_}) {
    while (!edges->empty() && edges->front().sequence <= received) edges->pop_front();
  }
  while (lent_.size() < most && !events_.empty()) {
    lent_.push_back(events_.front());
    events_.pop_front();
  }
  return {lent_.begin(), lent_.end()};
}

void EdgeQueue::forget(std::span<const LineId> lines) {
  const auto is_of_these = [lines](const EdgeEvent& edge) {
    return std::ranges::find(lines, edge.line) != lines.end();
  };
  std::erase_if(events_, is_of_these);
  std::erase_if(lent_, is_of_these);
}

void EdgeQueue::forget_all() {
  events_.clear();
  lent_.clear();
}

}  // namespace gpiobroker::core
