// SPDX-License-Identifier: GPL-2.0-or-later
// Answers calls in the order in which they came, with at most a message's worth of edges each.
#include "bus/objects/edge_calls.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::bus {
namespace {

constexpr std::size_t kMostWaiters = 8;  // of one lease, each on a connection of its own

core::Refused lease_has_ended(core::LeaseId lease) {
  return core::refuse(core::Reason::no_such_lease, "lease",
                      "lease " + std::to_string(lease.value) + " has ended, or is another's now");
}

}  // namespace

void EdgeCalls::wait(core::LeaseId lease, const Wanted& wanted, Answer answer) {
  if (const auto checked = outlet_.check(lease, wanted.received); !checked) {
    answer(core::Refused(checked.error()));
    return;
  }
  supersede(lease, wanted.client);
  if (outlet_.hand_out(lease, wanted.received, answer)) return;
  if (wanted.time == core::Instant{0}) {
    answer(EdgeMessages{});
    return;
  }
  auto& waiters = waiters_[lease];
  if (waiters.size() >= kMostWaiters) {
    answer(core::refuse(core::Reason::quota_exceeded, "timeout_ms",
                        "8 connections wait for edges of this lease, which is as many as can"));
    return;
  }
  waiters.push_back({wanted.client, wanted.received, turn_.now() + wanted.time, std::move(answer)});
  turn_.go_on();
}

template <class Predicate>
void EdgeCalls::remove_waiters_of(core::LeaseId lease, Predicate over) {
  const auto waiters = waiters_.find(lease);
  if (waiters == waiters_.end()) return;
  std::erase_if(waiters->second, over);
  if (waiters->second.empty()) waiters_.erase(waiters);
}

/// Whoever calls again while an earlier call waits has given that up: edges that answered it would
/// be lost, and nobody would know.
void EdgeCalls::supersede(core::LeaseId lease, const core::ClientName& client) {
  remove_waiters_of(lease, [&](const Waiter& waiter) {
    if (waiter.client != client) return false;
    waiter.answer(core::refuse(core::Reason::busy, "lease",
                               "a later call of yours waits for these edges in the place of this "
                               "one"));
    return true;
  });
}

void EdgeCalls::forget(core::LeaseId lease) {
  if (auto waiters = waiters_.extract(lease); waiters) {
    for (const Waiter& waiter : waiters.mapped()) waiter.answer(lease_has_ended(lease));
  }
}

void EdgeCalls::opened(core::LeaseId lease) {
  auto waiters = waiters_.extract(lease);
  const auto told = outlet_.check(lease, {});
  if (!waiters || told) return;
  for (const Waiter& waiter : waiters.mapped()) waiter.answer(core::Refused(told.error()));
}

/// Who has a lease now may wait for its edges since the same turn.
void EdgeCalls::forget_all_but(const core::ClientName& holder, core::LeaseId lease) {
  remove_waiters_of(lease, [&](const Waiter& waiter) {
    if (waiter.client == holder) return false;
    waiter.answer(lease_has_ended(lease));
    return true;
  });
}

void EdgeCalls::changed(const core::Change& change, core::Instant /*now*/) {
  for (const core::Transferred& lease : change.transferred) forget_all_but(lease.to.name, lease.id);
  for (const core::EndedLease& lease : change.ended) forget(lease.id);
}

void EdgeCalls::edges_came(const std::set<core::LeaseId>& leases) {
  for (const core::LeaseId lease : leases) answer_waiters(lease);
}

void EdgeCalls::answer_waiters(core::LeaseId lease) {
  const auto waiters = waiters_.find(lease);
  if (waiters == waiters_.end()) return;
  while (!waiters->second.empty()) {
    const Waiter& first = waiters->second.front();
    if (!outlet_.hand_out(lease, first.received, first.answer)) return;
    waiters->second.pop_front();
  }
  waiters_.erase(waiters);
}

template <class Predicate>
void EdgeCalls::remove_waiters_if(Predicate over) {
  for (auto& [lease, waiters] : waiters_) std::erase_if(waiters, over);
  std::erase_if(waiters_, [](const auto& entry) { return entry.second.empty(); });
}

/// An answer to a client that is gone would take the edges from those who still wait.
void EdgeCalls::client_gone(const core::ClientName& client) {
  remove_waiters_if([&](const Waiter& waiter) { return waiter.client == client; });
}

std::optional<core::Instant> EdgeCalls::next_due() const {
  std::optional<core::Instant> next;
  for (const auto& [lease, waiters] : waiters_) {
    for (const Waiter& waiter : waiters) {
      if (!next || waiter.deadline < *next) next = waiter.deadline;
    }
  }
  return next;
}

void EdgeCalls::on_time(core::Instant now) {
  remove_waiters_if([now](const Waiter& waiter) {
    if (waiter.deadline > now) return false;
    waiter.answer(EdgeMessages{});
    return true;
  });
}

}  // namespace gpiobroker::bus
