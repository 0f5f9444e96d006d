// SPDX-License-Identifier: GPL-2.0-or-later
// Reads news and edges, tells listeners, serves waiters, hands edges on: in this order.
#include "turn/turn.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::turn {
namespace {

using core::Instant;
using Time = std::optional<Instant>;

Time earlier(Time one, Time other) {
  if (!one || !other) return one ? one : other;
  return std::min(one, other);
}

bool is_due(Time time, Instant now) {
  return time && *time <= now;
}

}  // namespace

void Turn::settle(core::Change change, Instant now) {
  change.add(broker_.take_side_effects());
  counters_.note(change);
  has_reset_ = has_reset_ || change.resets > 0;
  for (const core::LeaseId id : change.granted) {
    if (const core::Lease* lease = broker_.leases().find(id)) look_after(*lease, now);
  }
  untold_.add(std::move(change));
  is_unsettled_ = true;
}

void Turn::look_after(const core::Lease& lease, Instant now) {
  expiry_.look_after(lease, now);
  if (lease.edge_timeout > Instant{0}) {
    edge_timeout_ = earlier(edge_timeout_, now + lease.edge_timeout);
  }
}

void Turn::client_gone(const core::ClientName& client, Instant now) {
  for (Listener* listener : listeners_) listener->client_gone(client);
  (void)broker_.waiting().leave(client);
  settle(broker_.goodbye(client, now), now);
}

bool Turn::wants_follow_up() const {
  return is_unsettled_ || !ready_.empty() || !with_news_.empty() || broker_.edges().has_edges();
}

/// Whoever calls back meanwhile has the next one.
void Turn::follow_up(Instant now) {
  read_news(now);
  const bool was_unsettled = std::exchange(is_unsettled_, false);
  read_edges(now);
  tell(now);
  if (was_unsettled) tell_served(broker_.waiting().serve(now), now);  // edges free no line
  hand_on_edges();
}

/// First, so that what others did is told together with what follows from it.
void Turn::read_news(Instant now) {
  for (const core::ChipId chip : std::exchange(with_news_, {})) {
    core::Change change = broker_.outside().read(chip, now);
    if (!change.lines.empty()) settle(std::move(change), now);
  }
}

void Turn::read_edges(Instant now) {
  for (const core::RequestId request : std::exchange(ready_, {})) {
    broker_.edges().read(request, now);
  }
}

void Turn::tell(Instant now) {
  const core::Change change = std::exchange(untold_, {});
  for (Listener* listener : listeners_) listener->changed(change, now);
}

void Turn::tell_served(const std::vector<core::Served>& served, Instant now) {
  for (const core::Served& each : served) {
    for (Listener* listener : listeners_) listener->served(each);
  }
  if (!served.empty()) settle({}, now);
}

void Turn::hand_on_edges() {
  if (!broker_.edges().has_edges()) return;
  const std::set<core::LeaseId> leases = broker_.edges().take_leases_with_edges();
  for (Listener* listener : listeners_) listener->edges_came(leases);
}

Time Turn::next_due() const {
  Time next = earlier(expiry_.next_due(), edge_timeout_);
  next = earlier(next, broker_.next_retry());
  next = earlier(next, broker_.waiting().next_deadline());
  for (const Listener* listener : listeners_) next = earlier(next, listener->next_due());
  return next;
}

void Turn::on_time(Instant now) {
  if (is_due(broker_.next_retry(), now)) settle(broker_.retry_resets(now), now);
  if (is_due(broker_.waiting().next_deadline(), now)) {
    tell_served(broker_.waiting().expire(now), now);
  }
  if (is_due(edge_timeout_, now)) tell_timeouts(now);
  for (Listener* listener : listeners_) {
    if (is_due(listener->next_due(), now)) listener->on_time(now);
  }
  if (expiry_.on_time(now)) on_quiet(now);
}

void Turn::tell_timeouts(Instant now) {
  broker_.edges().time_out(now);
  edge_timeout_ = broker_.edges().next_timeout();
}

void Turn::on_quiet(Instant now) {
  if (expiry_.waits_for_quiet()) settle(expiry_.judge(now), now);
}

void Turn::note_reset_time(Instant took) {
  has_reset_ = false;
  counters_.note_reset_time(took);
}

}  // namespace gpiobroker::turn
