// SPDX-License-Identifier: GPL-2.0-or-later
// Checks the request and the quota, takes the lines, enters the lease, then sees to its observers.
#include "core/broker/granting.h"

#include <algorithm>
#include <map>
#include <string>

namespace gpiobroker::core {
namespace {

/// Makes a lease that has no id yet.
Lease make_lease(const Client& holder, const AcquireRequest& request,
                 const std::vector<LineWithSettings<LineId>>& lines, Instant now) {
  Lease lease{.id = {},
              .holder = holder,
              .lines = {},
              .released = {},
              .consumer = request.consumer,
              .lifetime = request.lifetime,
              .kept_alive = now,
              .last_use = now,
              .access = request.access,
              .unobserved = request.unobserved,
              .direct = request.direct,
              .edge_timeout = request.edge_timeout,
              .edges = EdgeQueue(request.event_capacity)};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lease.lines.push_back({lines[i].line, request.lines[i].line, lines[i].settings, now});
  }
  return lease;
}

/// What Lease::buffered_edges() of the new lease will be.
std::size_t buffered_edges(const AcquireRequest& request,
                           const std::vector<LineWithSettings<LineId>>& lines) {
  const bool wants =
      request.edge_timeout > Instant{0} ||
      std::ranges::any_of(lines, [](const auto& line) { return line.settings.edge != Edge::none; });
  return wants ? request.event_capacity : 0;
}

std::string default_consumer(const Client& holder) {
  return "gpiobroker:" + holder.command;
}

}  // namespace

Result<LeaseId> Granting::acquire(const Client& holder, const AcquireRequest& request,
                                  Instant now) {
  if (auto free = check_nobody_waits_for(holder, request); !free) return Refused(free.error());
  return acquire_in_turn(holder, request, now);
}

/// Checks that no other client waits for one of the lines: a newcomer must not overtake it.
Result<void> Granting::check_nobody_waits_for(const Client& holder,
                                              const AcquireRequest& request) const {
  if (state_.queue.all().empty() || request.access == Access::observe) return {};
  for (const auto& wish : request.lines) {
    const auto line = state_.board.directory().find(wish.line);
    if (!line || !state_.queue.is_wanted_by_others(*line, holder.name)) {
      continue;  // what is wrong with it is found out later
    }
    return refuse(Reason::busy, "lines",
                  "line " + state_.board.chips().describe(*line) +
                      " is what others wait for: wait with them by giving \"wait-ms\"");
  }
  return {};
}

Result<LeaseId> Granting::acquire_in_turn(const Client& holder, const AcquireRequest& request,
                                          Instant now) {
  const auto lines = roles_.check.resolve(holder, request);
  if (!lines) return Refused(lines.error());
  const auto quota = check_quota(
      state_.policy.quotas(), state_.leases, holder,
      {lines->size(), buffered_edges(request, *lines), state_.outstanding.kept_by(holder.uid)});
  if (!quota) return Refused(quota.error());
  AcquireRequest labelled = request;
  if (labelled.consumer.empty()) labelled.consumer = default_consumer(holder);
  const auto taken = roles_.taking.take(labelled, *lines, labelled.consumer, now);
  if (!taken) return Refused(taken.error());
  return enter_lease(holder, labelled, *lines, now);
}

LeaseId Granting::enter_lease(const Client& holder, const AcquireRequest& request,
                              const std::vector<LineWithSettings<LineId>>& lines, Instant now) {
  const LeaseId id = state_.next_id;
  ++state_.next_id.value;
  Lease lease = make_lease(holder, request, lines, now);
  lease.id = id;
  state_.leases.add(std::move(lease));
  state_.side_effects.granted.push_back(id);
  const std::vector<LineId> ids = state_.leases.find(id)->line_ids();
  if (request.unobserved) put_off_observers(ids, now);
  roles_.taking.refresh_edges(ids);
  roles_.edges.note_levels(ids, now);
  if (state_.leases.find(id)->observes()) {
    (void)roles_.io.start_edges(holder, id, now);
  }
  return id;
}

/// Ends the leases of those who observe lines that are leased unobserved, before they could hear of
/// the lines' first level.
void Granting::put_off_observers(const std::vector<LineId>& lines, Instant now) {
  std::map<LeaseId, std::vector<LineId>> observed;
  for (const LineId line : lines) {
    for (const Lease* lease : state_.leases.on_line(line)) {
      if (lease->observes()) observed[lease->id].push_back(line);
    }
  }
  std::vector<Leaving> leaving;
  for (auto& [id, of_lease] : observed) {
    leaving.push_back({id, std::move(of_lease), EndReason::revoked});
  }
  Change change = roles_.end.end(leaving, now);
  for (EndedLease& ended : change.ended) {
    ended.details = "somebody has leased what it observed, not to be observed";
  }
  state_.side_effects.add(std::move(change));
}

}  // namespace gpiobroker::core
