// SPDX-License-Identifier: GPL-2.0-or-later
// The road of every line that leaves its lease.
#include "core/broker/lease_end.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "core/broker/edges.h"
#include "core/broker/line_taking.h"

namespace gpiobroker::core {

Result<std::vector<LineId>> LeaseEnd::lines_named(const Lease& lease,
                                                  const std::vector<std::string>& specs) const {
  if (specs.empty()) return lease.line_ids();
  std::vector<LineId> lines;
  for (const std::string& spec : specs) {
    const auto line = line_called(lease, spec);
    if (!line) return Refused(line.error());
    const bool is_new = *line && std::ranges::find(lines, **line) == lines.end();
    if (is_new) lines.push_back(**line);
  }
  return lines;
}

/// Nothing for a line that has left the lease before.
Result<std::optional<LineId>> LeaseEnd::line_called(const Lease& lease,
                                                    const std::string& spec) const {
  if (const LeasedLine* own = lease.find_called(spec)) return own->id;
  if (lease.has_parted(spec)) return std::nullopt;
  const auto line = broker_.board_.directory().find(spec);
  if (!line) return Refused(line.error());
  if (lease.find(*line) != nullptr) return *line;
  if (lease.has_parted(*line)) return std::nullopt;
  return refuse(Reason::not_in_lease, "lines",
                "line " + in_quotes(spec) + " is not in lease " + std::to_string(lease.id.value));
}

/// All of them are reset before the first is written off: with many leases the writing takes longer
/// than the resets, and once is enough.
Change LeaseEnd::end(const std::vector<LeaseId>& leases, EndReason reason, Instant now) {
  Change change;
  std::vector<LineId> safe;
  for (const LeaseId id : slow_ones_last(leases)) {
    change.add(take_out(id, broker_.leases_.find(id)->line_ids(), reason, now, safe));
  }
  let_go(safe);
  LineTaking(broker_).refresh_edges(change.lines);
  return change;
}

/// So that no healthy chip's lines wait for a slow one.
std::vector<LeaseId> LeaseEnd::slow_ones_last(std::vector<LeaseId> leases) const {
  std::ranges::stable_partition(leases, [this](LeaseId id) {
    return std::ranges::none_of(broker_.leases_.find(id)->lines, [this](const LeasedLine& line) {
      return broker_.board_.chips().is_slow(line.id);
    });
  });
  return leases;
}

Change LeaseEnd::part(LeaseId id, const std::vector<LineId>& lines, EndReason reason, Instant now) {
  std::vector<LineId> safe;
  Change change = take_out(id, lines, reason, now, safe);
  let_go(safe);
  LineTaking(broker_).refresh_edges(change.lines);
  return change;
}

/// The one place where a line leaves a lease, whatever the reason.
Change LeaseEnd::take_out(LeaseId id, const std::vector<LineId>& lines, EndReason reason,
                          Instant now, std::vector<LineId>& safe) {
  Change change;
  if (lines.empty()) return change;
  const Holder holder = broker_.leases_.find(id)->holder;
  const bool attached = broker_.leases_.find(id)->attached && reason != EndReason::holder_gone;
  const auto own = LineTaking(broker_).only_of(*broker_.leases_.find(id), lines);
  std::ranges::copy(reset_lines(own, now, change), std::back_inserter(safe));
  broker_.leases_.part(id, lines);
  change.lines = lines;
  if (broker_.leases_.find(id) == nullptr) {
    change.ended.push_back(
        {.id = id, .holder = holder, .reason = reason, .lines = lines, .attached = attached});
  } else {
    change.shrunk.push_back(id);
  }
  return change;
}

void LeaseEnd::reset_and_give_back(const std::vector<LineId>& lines, Instant now, Change& change) {
  let_go(reset_lines(lines, now, change));
}

std::vector<LineId> LeaseEnd::reset_lines(const std::vector<LineId>& lines, Instant now,
                                          Change& change) {
  std::vector<LineId> safe = lines;
  for (FailedReset& failure :
       reset(broker_.held_, broker_.board_.chips(), broker_.safe_states_, lines)) {
    std::erase(safe, failure.line);
    broker_.quarantine_.note_failure(failure.line, failure.why, now);
    change.quarantined.push_back(std::move(failure));
  }
  change.resets += static_cast<std::size_t>(std::ranges::count_if(
      safe, [this](LineId line) { return !broker_.safe_states_.keeps(line); }));
  Edges(broker_).note_levels(lines, now);
  return safe;
}

void LeaseEnd::let_go(const std::vector<LineId>& safe) {
  broker_.ledger_.strike(safe);  // before they are somebody else's
  give_back(safe);
}

void LeaseEnd::give_back(const std::vector<LineId>& lines) {
  std::vector<LineId> parked;
  std::vector<LineId> kept;
  std::vector<LineId> free;
  for (const LineId line : lines) {
    if (broker_.safe_states_.parks(line)) {
      parked.push_back(line);
    } else {
      (broker_.safe_states_.keeps(line) ? kept : free).push_back(line);
    }
  }
  broker_.held_.park(parked);
  broker_.parked_.insert(parked.begin(), parked.end());
  broker_.held_.give_back_as_found(kept);
  broker_.held_.give_back(free);
}

}  // namespace gpiobroker::core
