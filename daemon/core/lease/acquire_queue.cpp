// SPDX-License-Identifier: GPL-2.0-or-later
// Enters every change in the list of waiters and in the index by line.
#include "core/lease/acquire_queue.h"

#include <algorithm>

namespace gpiobroker::core {

std::optional<LineId> Waiter::line_called(std::string_view spec) const {
  const auto wish = std::ranges::find(request.lines, spec, &LineWithSettings<std::string>::line);
  if (wish == request.lines.end()) return std::nullopt;
  return lines[static_cast<std::size_t>(wish - request.lines.begin())];
}

WaiterId AcquireQueue::add(Waiter waiter, std::optional<WaiterId> place) {
  const WaiterId id = place.value_or(next_);
  if (!place) ++next_.value;
  for (const LineId line : waiter.lines) by_line_[line].insert(id);
  waiters_.emplace(id, std::move(waiter));
  return id;
}

void AcquireQueue::remove(WaiterId id) {
  const auto waiter = waiters_.find(id);
  for (const LineId line : waiter->second.lines) {
    const auto waiting = by_line_.find(line);
    waiting->second.erase(id);
    if (waiting->second.empty()) by_line_.erase(waiting);
  }
  waiters_.erase(waiter);
}

std::vector<WaiterId> AcquireQueue::of_client(const ClientName& client) const {
  std::vector<WaiterId> ids;
  for (const auto& [id, waiter] : waiters_) {
    if (waiter.holder.name == client) ids.push_back(id);
  }
  return ids;
}

std::size_t AcquireQueue::count_of_user(std::uint32_t uid) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      waiters_, [uid](const auto& entry) { return entry.second.holder.uid == uid; }));
}

std::optional<WaiterId> AcquireQueue::find(const ClientName& client,
                                           std::span<const LineId> lines) const {
  for (const auto& [id, waiter] : waiters_) {
    if (waiter.holder.name == client && std::ranges::is_permutation(waiter.lines, lines)) return id;
  }
  return std::nullopt;
}

bool AcquireQueue::is_wanted_by_others(LineId line, const ClientName& client) const {
  const auto waiting = by_line_.find(line);
  if (waiting == by_line_.end()) return false;
  return std::ranges::any_of(waiting->second,
                             [&](WaiterId id) { return waiters_.at(id).holder.name != client; });
}

bool AcquireQueue::has_its_turn(WaiterId id) const {
  return std::ranges::all_of(waiters_.at(id).lines,
                             [&](LineId line) { return *by_line_.at(line).begin() == id; });
}

std::optional<Instant> AcquireQueue::next_deadline() const {
  std::optional<Instant> next;
  for (const auto& [id, waiter] : waiters_) {
    if (!next || waiter.deadline < *next) next = waiter.deadline;
  }
  return next;
}

}  // namespace gpiobroker::core
