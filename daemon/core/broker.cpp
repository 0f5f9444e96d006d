// SPDX-License-Identifier: GPL-2.0-or-later
// The life of a lease, from the request to the reset.
#include "core/broker.h"

#include <algorithm>

#include "core/acquisition.h"
#include "core/text.h"
#include "core/validation.h"

namespace gpiobroker::core {
namespace {

Refused no_such_lease(LeaseId id) {
  return refuse(Reason::no_such_lease, "lease", "no lease " + std::to_string(id.value));
}

Result<void> check_line_count(const std::vector<LineId>& lines, const ChipSet& chips) {
  std::map<ChipId, std::size_t> count;
  for (const LineId line : lines) {
    if (++count[line.chip] <= kMostLines) continue;
    return refuse(Reason::too_many_lines, "lines",
                  "too many lines of " + chips.at(line.chip).info().name +
                      ": a lease takes at most " + std::to_string(kMostLines) + " of one chip");
  }
  return {};
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
              .last_use = now};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lease.lines.push_back({lines[i].first, request.lines[i].spec, lines[i].second});
  }
  return lease;
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
  if (auto free = check_nobody_waits_for(request); !free) return Refused(free.error());
  return acquire_in_turn(holder, request, now);
}

Result<void> Broker::check_nobody_waits_for(const AcquireRequest& request) const {
  if (queue_.all().empty()) return {};
  for (const LineWish& wish : request.lines) {
    const auto line = board_.directory().find(wish.spec);
    if (!line || !queue_.wants(*line)) continue;  // what is wrong with it is found out later
    return refuse(Reason::busy, "lines",
                  "line " + board_.chips().describe(*line) +
                      " is what others wait for: wait with them by giving \"wait-ms\"");
  }
  return {};
}

Result<LeaseId> Broker::acquire_in_turn(const Holder& holder, const AcquireRequest& request,
                                        Instant now) {
  const auto lines = resolve(holder, request);
  if (!lines) return Refused(lines.error());
  const auto quota = check_quota(policy_.quotas(), leases_, holder, lines->size());
  if (!quota) return Refused(quota.error());
  AcquireRequest labelled = request;
  if (labelled.consumer.empty()) labelled.consumer = default_consumer(holder);
  std::vector<FailedReset> stuck;
  std::vector<LineId> ids;
  std::ranges::transform(*lines, std::back_inserter(ids), &SettingsOfLine::first);
  const auto write_down = [&] {
    return ledger_.enter(ids, safe_states_, LeaseId{next_id_.value + 1});
  };
  const auto taken = take_configured(held_, board_.chips(), safe_states_, *lines, labelled.consumer,
                                     write_down, stuck);
  for (FailedReset& each : stuck) {
    quarantine_.note_failure(each.line, std::move(each.why), now);
  }
  if (!taken) {
    std::erase_if(ids, [this](LineId line) { return quarantine_.find(line) != nullptr; });
    ledger_.strike(ids);
    return Refused(taken.error());
  }
  const LeaseId id = next_id_;
  ++next_id_.value;
  leases_.add(make_lease(id, holder, labelled, *lines, now));
  return id;
}

Result<std::vector<SettingsOfLine>> Broker::resolve(const Holder& holder,
                                                    const AcquireRequest& request) const {
  if (request.lines.empty()) {
    return refuse(Reason::no_lines, "lines", "lines is empty: name at least one line");
  }
  std::vector<std::string> specs;
  for (const LineWish& wish : request.lines) specs.push_back(wish.spec);
  const auto lines = board_.directory().find_all(specs);
  if (!lines) return Refused(lines.error());
  if (auto few = check_line_count(*lines, board_.chips()); !few) return Refused(few.error());
  std::vector<SettingsOfLine> resolved;
  for (std::size_t i = 0; i < lines->size(); ++i) {
    const LineSettings& settings = request.lines[i].settings;
    const auto right = check_rights(subject_of(holder), lines->at(i), Verb::lease);
    if (!right) return Refused(right.error());
    if (request.lifetime.kind == LifetimeKind::persistent) {
      const auto stay = check_rights(subject_of(holder), lines->at(i), Verb::persist);
      if (!stay) return Refused(stay.error());
    }
    if (auto valid = validate(settings); !valid) return Refused(valid.error());
    resolved.emplace_back(lines->at(i), settings);
  }
  for (const LineId line : *lines) {
    if (auto free = check_free(line); !free) return Refused(free.error());
  }
  return resolved;
}

Result<void> Broker::check_rights(const Subject& who, LineId line, Verb verb) const {
  return check(policy_, who, board_.directory().facts_of(line), verb);
}

Result<void> Broker::check_free(LineId line) const {
  if (const Lease* other = leases_.of_line(line)) {
    return refuse(Reason::busy, "lines",
                  "line " + board_.chips().describe(line) + " is held by " +
                      describe(other->holder) + ", lease " + std::to_string(other->id.value));
  }
  if (const auto* entry = quarantine_.find(line)) {
    return refuse(Reason::quarantined, "lines",
                  "line " + board_.chips().describe(line) +
                      " could not be reset and is held back until it can be: " + entry->why);
  }
  return {};
}

std::string Broker::why_busy(const std::vector<LineId>& lines) const {
  for (const LineId line : lines) {
    if (auto free = check_free(line); !free) return free.error().message;
  }
  return "others who wait for the same lines came earlier";
}

Result<Change> Broker::release(const Caller& caller, LeaseId id,
                               const std::vector<std::string>& specs, Instant now) {
  const auto lease = lease_for(caller, id);
  if (!lease) return Refused(lease.error());
  const auto lines = lines_to_part(**lease, specs);
  if (!lines) return Refused(lines.error());
  return part(id, *lines, EndReason::released, now);
}

Result<std::vector<LineId>> Broker::lines_to_part(const Lease& lease,
                                                  const std::vector<std::string>& specs) const {
  std::vector<LineId> lines;
  if (specs.empty()) {
    std::ranges::transform(lease.lines, std::back_inserter(lines), &LeasedLine::id);
    return lines;
  }
  const auto named = board_.directory().find_all(specs);
  if (!named) return named;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const LineId line = named->at(i);
    if (leases_.of_line(line) == &lease) {
      lines.push_back(line);
    } else if (std::ranges::find(lease.parted, line) == lease.parted.end()) {
      return refuse(
          Reason::not_in_lease, "lines",
          "line " + in_quotes(specs[i]) + " is not in lease " + std::to_string(lease.id.value));
    }
  }
  return lines;
}

Result<Change> Broker::release_held(const Caller& caller, const std::vector<std::string>& specs,
                                    Instant now) {
  if (specs.empty()) return end(leases_.of_holder(caller.name), EndReason::released, now);
  const auto lines = board_.directory().find_all(specs);
  if (!lines) return Refused(lines.error());
  std::map<LeaseId, std::vector<LineId>> by_lease;
  for (const LineId line : *lines) {
    const Lease* lease = leases_.of_line(line);
    if (lease != nullptr && belongs_to(*lease, caller)) by_lease[lease->id].push_back(line);
  }
  Change change;
  for (const auto& [id, of_lease] : by_lease) {
    change.add(part(id, of_lease, EndReason::released, now));
  }
  return change;
}

Result<Change> Broker::revoke(const Subject& who, const std::string& spec, const std::string& words,
                              Instant now) {
  const auto line = board_.directory().find(spec);
  if (!line) return Refused(line.error());
  const Lease* lease = leases_.of_line(*line);
  if (lease == nullptr) {
    return refuse(Reason::no_such_lease, "line", "line " + in_quotes(spec) + " is in no lease");
  }
  for (const LeasedLine& each : lease->lines) {
    if (auto right = check_rights(who, each.id, Verb::revoke); !right) {
      return Refused(right.error());
    }
  }
  Change change = end({lease->id}, EndReason::revoked, now);
  for (EndedLease& ended : change.ended) ended.details = words;
  return change;
}

Change Broker::goodbye(const ClientName& client, Instant now) {
  budget_.forget(client, now);
  std::vector<LeaseId> over;
  for (const LeaseId id : leases_.of_holder(client)) {
    if (leases_.find(id)->lifetime.kind == LifetimeKind::connection) {
      over.push_back(id);
    } else {
      leases_.detach(id);
    }
  }
  return end(over, EndReason::holder_gone, now);
}

Change Broker::end_all(EndReason reason, Instant now) {
  std::vector<LeaseId> ids;
  for (const auto& [id, lease] : leases_.all()) ids.push_back(id);
  return end(ids, reason, now);
}

Change Broker::end(const std::vector<LeaseId>& leases, EndReason reason, Instant now) {
  Change change;
  for (const LeaseId id : leases) {
    std::vector<LineId> lines;
    std::ranges::transform(leases_.find(id)->lines, std::back_inserter(lines), &LeasedLine::id);
    change.add(part(id, lines, reason, now));
  }
  return change;
}

/// The one place where a line leaves a lease, whatever the reason.
Change Broker::part(LeaseId id, const std::vector<LineId>& lines, EndReason reason, Instant now) {
  Change change;
  if (lines.empty()) return change;
  const Holder holder = leases_.find(id)->holder;
  const bool attached = leases_.find(id)->attached && reason != EndReason::holder_gone;
  reset_and_give_back(lines, now, change);
  leases_.part(id, lines);
  change.lines = lines;
  if (leases_.find(id) == nullptr) {
    change.ended.push_back(
        {.id = id, .holder = holder, .reason = reason, .lines = lines, .attached = attached});
  } else {
    change.shrunk.push_back(id);
  }
  return change;
}

void Broker::reset_and_give_back(const std::vector<LineId>& lines, Instant now, Change& change) {
  std::vector<LineId> safe = lines;
  for (FailedReset& failure : reset(held_, board_.chips(), safe_states_, lines)) {
    std::erase(safe, failure.line);
    quarantine_.note_failure(failure.line, failure.why, now);
    change.quarantined.push_back(std::move(failure));
  }
  change.resets += static_cast<std::size_t>(
      std::ranges::count_if(safe, [this](LineId line) { return !safe_states_.keeps(line); }));
  ledger_.strike(safe);  // before they are somebody else's
  give_back(safe);
}

void Broker::give_back(const std::vector<LineId>& lines) {
  std::vector<LineId> parked;
  std::vector<LineId> kept;
  std::vector<LineId> free;
  for (const LineId line : lines) {
    if (safe_states_.parks(line)) {
      parked.push_back(line);
    } else {
      (safe_states_.keeps(line) ? kept : free).push_back(line);
    }
  }
  held_.park(parked);
  parked_.insert(parked.begin(), parked.end());
  held_.give_back_as_found(kept);
  held_.give_back(free);
}

Change Broker::retry_resets(Instant now) {
  Change change;
  const std::vector<LineId> due = quarantine_.due(now);
  reset_and_give_back(due, now, change);
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

}  // namespace gpiobroker::core
