// SPDX-License-Identifier: GPL-2.0-or-later
// The life of a lease, from the request to the reset.
#include "core/broker/broker.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/broker/acquire_check.h"
#include "core/broker/edges.h"
#include "core/broker/lease_end.h"
#include "core/broker/line_taking.h"

namespace gpiobroker::core {
namespace {

Refused no_such_lease(LeaseId id) {
  return refuse(Reason::no_such_lease, "lease", "no lease " + std::to_string(id.value));
}

Lease make_lease(LeaseId id, const Holder& holder, const AcquireRequest& request,
                 const std::vector<SettingsOfLine>& lines, Instant now) {
  Lease lease{.id = id,
              .holder = holder,
              .lines = {},
              .parted = {},
              .consumer = request.consumer,
              .lifetime = request.lifetime,
              .kept_alive = now,
              .last_use = now,
              .access = request.access,
              .unobserved = request.unobserved,
              .edge_timeout = request.edge_timeout,
              .edges = EdgeQueue(request.event_capacity)};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lease.lines.push_back({lines[i].first, request.lines[i].spec, lines[i].second, now});
  }
  return lease;
}

/// As Lease::buffered_edges() of the lease that comes of it.
std::size_t buffered_edges(const AcquireRequest& request,
                           const std::vector<SettingsOfLine>& lines) {
  const bool wants =
      request.edge_timeout > Instant{0} ||
      std::ranges::any_of(lines, [](const auto& line) { return line.second.edge != Edge::none; });
  return wants ? request.event_capacity : 0;
}

bool belongs_to(const Lease& lease, const Caller& caller) {
  if (lease.holder.name == caller.name) return true;
  return lease.lifetime.kind != LifetimeKind::connection && lease.holder.uid == caller.uid;
}

std::string default_consumer(const Holder& holder) {
  return "gpiobroker:" + holder.command;
}

}  // namespace

Broker::Broker(Board& board)
    : board_(board), ledger_(no_store_, {}), next_id_(ledger_.content().next_lease) {}

Broker::Broker(Board& board, LedgerStore& store, const LedgerContent& left)
    : board_(board), ledger_(store, left), next_id_(left.next_lease) {}

void Broker::set_policy(Policy policy) {
  policy_ = std::move(policy);
  board_.set_aliases(policy_.aliases());
}

Result<LeaseId> Broker::acquire(const Holder& holder, const AcquireRequest& request, Instant now) {
  if (auto free = check_nobody_waits_for(holder, request); !free) return Refused(free.error());
  return acquire_in_turn(holder, request, now);
}

/// Whoever waits itself may take what is free of it: nobody is passed over.
Result<void> Broker::check_nobody_waits_for(const Holder& holder,
                                            const AcquireRequest& request) const {
  if (queue_.all().empty() || request.access == Access::observe) return {};
  for (const LineWish& wish : request.lines) {
    const auto line = board_.directory().find(wish.spec);
    if (!line || !queue_.is_wanted_by_others(*line, holder.name)) {
      continue;  // what is wrong with it is found out later
    }
    return refuse(Reason::busy, "lines",
                  "line " + board_.chips().describe(*line) +
                      " is what others wait for: wait with them by giving \"wait-ms\"");
  }
  return {};
}

Result<LeaseId> Broker::acquire_in_turn(const Holder& holder, const AcquireRequest& request,
                                        Instant now) {
  const auto lines = AcquireCheck(*this).resolve(holder, request);
  if (!lines) return Refused(lines.error());
  const auto quota = check_quota(policy_.quotas(), leases_, holder, lines->size(),
                                 buffered_edges(request, *lines));
  if (!quota) return Refused(quota.error());
  AcquireRequest labelled = request;
  if (labelled.consumer.empty()) labelled.consumer = default_consumer(holder);
  const auto taken = LineTaking(*this).take(labelled, *lines, labelled.consumer, now);
  if (!taken) return Refused(taken.error());
  const LeaseId id = next_id_;
  ++next_id_.value;
  leases_.add(make_lease(id, holder, labelled, *lines, now));
  const std::vector<LineId> ids = leases_.find(id)->line_ids();
  if (request.unobserved) put_off_observers(ids, now);
  LineTaking(*this).refresh_edges(ids);
  Edges(*this).note_levels(ids, now);
  if (leases_.find(id)->observes()) (void)Edges(*this).start(caller_of(holder), id, now);
  return id;
}

/// Before they could hear of the lines' first level. Who only looks on has no say in whether it
/// may.
void Broker::put_off_observers(const std::vector<LineId>& lines, Instant now) {
  std::map<LeaseId, std::vector<LineId>> observed;
  for (const LineId line : lines) {
    for (const Lease* lease : leases_.on_line(line)) {
      if (lease->observes()) observed[lease->id].push_back(line);
    }
  }
  for (const auto& [id, of_lease] : observed) {
    put_off_.add(LeaseEnd(*this).part(id, of_lease, EndReason::revoked, now));
  }
  for (EndedLease& ended : put_off_.ended) {
    ended.details = "somebody has leased what it observed, not to be observed";
  }
}

Result<void> Broker::check_rights(const Subject& who, LineId line, Verb verb) const {
  return check(policy_, who, board_.directory().facts_of(line), verb);
}

Result<Change> Broker::release(const Caller& caller, LeaseId id,
                               const std::vector<std::string>& specs, Instant now) {
  const auto lease = lease_for(caller, id);
  if (!lease) return Refused(lease.error());
  LeaseEnd parting(*this);
  const auto lines = parting.lines_named(**lease, specs);
  if (!lines) return Refused(lines.error());
  return parting.part(id, *lines, EndReason::released, now);
}

Result<Change> Broker::release_held(const Caller& caller, const std::vector<std::string>& specs,
                                    Instant now) {
  if (specs.empty())
    return LeaseEnd(*this).end(leases_.of_holder(caller.name), EndReason::released, now);
  std::set<LineId> lines;
  for (const std::string& spec : specs) {
    const auto named = lines_called(caller, spec);
    if (!named) return Refused(named.error());
    lines.insert(named->begin(), named->end());
  }
  std::map<LeaseId, std::vector<LineId>> by_lease;
  for (const LineId line : lines) {
    for (const Lease* lease : leases_.on_line(line)) {
      if (belongs_to(*lease, caller)) by_lease[lease->id].push_back(line);
    }
  }
  Change change;
  for (const auto& [id, of_lease] : by_lease) {
    change.add(LeaseEnd(*this).part(id, of_lease, EndReason::released, now));
  }
  if (!caller.privileged) return change;
  for (const LineId line : lines) {
    if (!held_.keeps(line)) continue;
    held_.let_go_of_kept(std::span(&line, 1));
    change.lines.push_back(line);
  }
  return change;
}

Result<Change> Broker::revoke(const Subject& who, const std::string& spec, const std::string& words,
                              Instant now) {
  const auto line = board_.directory().find(spec);
  if (!line) return Refused(line.error());
  std::vector<LeaseId> leases;
  for (const Lease* lease : leases_.on_line(*line)) {
    if (lease->observes()) continue;
    for (const LeasedLine& each : lease->lines) {
      if (auto right = check_rights(who, each.id, Verb::revoke); !right) {
        return Refused(right.error());
      }
    }
    leases.push_back(lease->id);
  }
  if (leases.empty()) {
    return refuse(Reason::no_such_lease, "line", "line " + in_quotes(spec) + " is in no lease");
  }
  Change change = LeaseEnd(*this).end(leases, EndReason::revoked, now);
  for (EndedLease& ended : change.ended) ended.details = words;
  return change;
}

Change Broker::goodbye(const ClientName& client, Instant now) {
  budget_.forget(client, now);
  std::vector<LeaseId> over;
  std::vector<LeaseId> detached;
  for (const LeaseId id : leases_.of_holder(client)) {
    if (leases_.find(id)->lifetime.kind == LifetimeKind::connection) {
      over.push_back(id);
    } else {
      leases_.detach(id);
      detached.push_back(id);
    }
  }
  Change change = LeaseEnd(*this).end(over, EndReason::holder_gone, now);
  change.detached = std::move(detached);
  return change;
}

Change Broker::end_all(EndReason reason, Instant now) {
  std::vector<LeaseId> ids;
  for (const auto& [id, lease] : leases_.all()) ids.push_back(id);
  return LeaseEnd(*this).end(ids, reason, now);
}

Change Broker::retry_resets(Instant now) {
  Change change;
  const std::vector<LineId> due = quarantine_.due(now);
  LeaseEnd(*this).reset_and_give_back(due, now, change);
  for (const LineId line : due) {
    const auto failed = std::ranges::find(change.quarantined, line, &FailedReset::line);
    if (failed != change.quarantined.end()) continue;
    quarantine_.free(line);
    change.recovered.push_back(line);
  }
  change.lines = due;
  return change;
}

Result<const Lease*> Broker::lease_for(const Caller& caller, LeaseId id) const {
  const Lease* lease = leases_.find(id);
  if (lease == nullptr) return no_such_lease(id);
  if (!belongs_to(*lease, caller) && !caller.privileged) return no_such_lease(id);
  return lease;
}

Result<std::vector<LineId>> Broker::lines_called(const Caller& caller,
                                                 const std::string& spec) const {
  std::vector<LineId> own;
  for (const auto& [id, lease] : leases_.all()) {
    const LeasedLine* line = belongs_to(lease, caller) ? lease.find_called(spec) : nullptr;
    if (line != nullptr) own.push_back(line->id);
  }
  for (const WaiterId id : queue_.of_client(caller.name)) {
    if (const auto line = queue_.all().at(id).line_called(spec)) own.push_back(*line);
  }
  if (!own.empty()) return own;
  const auto line = board_.directory().find(spec);
  if (!line) return Refused(line.error());
  return std::vector{*line};
}

}  // namespace gpiobroker::core
