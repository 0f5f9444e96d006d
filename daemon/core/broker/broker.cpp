// SPDX-License-Identifier: GPL-2.0-or-later
// Decides who may end what; LeaseEnd does it.
#include "core/broker/broker.h"

#include <algorithm>

#include "core/base/text.h"

namespace gpiobroker::core {

Broker::Broker(Board& board, LedgerStore& store, const LedgerContent& leftover)
    : state_{.board = board, .ledger = Ledger(store, leftover), .next_id = leftover.next_lease} {}

Result<Change> Broker::release(const Client& caller, LeaseId id,
                               const std::vector<std::string>& specs, Instant now) {
  const auto lease = core::lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  return release_lines(caller, **lease, specs, now);
}

Result<Change> Broker::release_own(const Client& caller, LeaseId id,
                                   const std::vector<std::string>& specs, Instant now) {
  const Lease* lease = state_.leases.find(id);
  if (lease == nullptr || !belongs_to(*lease, caller)) return no_such_lease(id);
  return release_lines(caller, *lease, specs, now);
}

Result<Change> Broker::release_lines(const Client& caller, const Lease& lease,
                                     const std::vector<std::string>& specs, Instant now) {
  const auto lines = end_.lines_named(lease, specs);
  if (!lines) return Refused(lines.error());
  const bool is_given_back = belongs_to(lease, caller) && lines->size() == lease.lines.size();
  Change change = is_given_back ? duplicates_.let_go(lease.id, caller.name, now) : Change{};
  change.add(end_.end({{lease.id, *lines, EndReason::released}}, now));
  return change;
}

Result<Change> Broker::release_held(const Client& caller, const std::vector<std::string>& specs,
                                    Instant now) {
  if (specs.empty()) {
    const std::vector<LeaseId> own = state_.leases.of_holder(caller.name);
    Change change;
    for (const LeaseId id : own) change.add(duplicates_.let_go(id, caller.name, now));
    change.add(end_.end_whole(own, EndReason::released, now));
    return change;
  }
  std::set<LineId> lines;
  for (const std::string& spec : specs) {
    const auto named = core::lines_called(state_, caller, spec);
    if (!named) return Refused(named.error());
    lines.insert(named->begin(), named->end());
  }
  std::map<LeaseId, std::vector<LineId>> by_lease;
  for (const LineId line : lines) {
    for (const Lease* lease : state_.leases.on_line(line)) {
      if (belongs_to(*lease, caller)) by_lease[lease->id].push_back(line);
    }
  }
  Change change;
  std::vector<Leaving> leaving;
  for (auto& [id, of_lease] : by_lease) {
    const bool is_whole = of_lease.size() == state_.leases.find(id)->lines.size();
    if (is_whole) change.add(duplicates_.let_go(id, caller.name, now));
    leaving.push_back({id, std::move(of_lease), EndReason::released});
  }
  const bool with_kept_lines = caller.is_root();  // `caller` may be held by a lease that ends
  change.add(end_.end(leaving, now));
  if (!with_kept_lines) return change;
  for (const LineId line : lines) {
    if (!state_.held.keeps(line)) continue;
    state_.held.give_back_kept(std::span(&line, 1));
    change.lines.push_back(line);
  }
  return change;
}

Result<Change> Broker::revoke(const Client& caller, const std::string& spec,
                              const std::string& words, Instant now) {
  const auto line = state_.board.directory().find(spec);
  if (!line) return Refused(line.error());
  std::vector<LeaseId> leases;
  for (const Lease* lease : state_.leases.on_line(*line)) {
    if (lease->observes()) continue;
    for (const LeasedLine& each : lease->lines) {
      if (auto right = core::check_rights(state_, caller, each.id, Verb::revoke); !right) {
        return Refused(right.error());
      }
    }
    leases.push_back(lease->id);
  }
  if (leases.empty()) {
    return refuse(Reason::no_such_lease, "line", "line " + in_quotes(spec) + " is in no lease");
  }
  Change change = end_.end_whole(leases, EndReason::revoked, now);
  for (EndedLease& ended : change.ended) ended.details = words;
  return change;
}

Change Broker::goodbye(const ClientName& client, Instant now) {
  state_.budget.forget(client, now);
  std::vector<LeaseId> over;
  std::vector<LeaseId> detached;
  for (const LeaseId id : state_.leases.of_holder(client)) {
    if (state_.leases.find(id)->lifetime.kind == LifetimeKind::connection) {
      over.push_back(id);
    } else {
      state_.leases.detach(id);
      detached.push_back(id);
    }
  }
  Change change = end_.end_whole(over, EndReason::holder_gone, now);
  change.detached = std::move(detached);
  return change;
}

Change Broker::end_all(EndReason reason, Instant now) {
  std::vector<LeaseId> ids;
  for (const auto& [id, lease] : state_.leases.all()) ids.push_back(id);
  return end_.end_whole(ids, reason, now);
}

Change Broker::retry_resets(Instant now) {
  std::vector<LineId> failed;
  std::vector<LineId> waiting;
  for (const LineId line : state_.quarantine.due(now)) {
    const auto cause = state_.quarantine.find(line)->cause;
    (cause == Quarantine::Cause::failed_reset ? failed : waiting).push_back(line);
  }
  Change change = retry_failed(failed, now);
  change.add(duplicates_.look_again(waiting, now));
  return change;
}

/// A line that somebody may have a duplicate of is reset then, and waits on, or is free.
Change Broker::retry_failed(const std::vector<LineId>& due, Instant now) {
  Change change = end_.reset_and_give_back(due, now);
  for (const LineId line : due) {
    const auto* entry = state_.quarantine.find(line);
    const bool waits = entry != nullptr && entry->cause == Quarantine::Cause::duplicate;
    const auto failed = std::ranges::find(change.quarantined, line, &FailedReset::line);
    if (entry == nullptr || waits || failed != change.quarantined.end()) continue;
    state_.quarantine.free(line);
    change.recovered.push_back(line);
  }
  change.lines = due;
  return change;
}

}  // namespace gpiobroker::core
