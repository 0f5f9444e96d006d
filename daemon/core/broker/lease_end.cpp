// SPDX-License-Identifier: GPL-2.0-or-later
// Removes lines from their leases, resets those that no lease has any more, and gives them back.
#include "core/broker/lease_end.h"

#include <algorithm>
#include <set>

#include "core/broker/giving_back.h"

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

/// Finds a line of the lease by what its holder calls it; nothing for one that was released before.
Result<std::optional<LineId>> LeaseEnd::line_called(const Lease& lease,
                                                    const std::string& spec) const {
  if (const LeasedLine* own = lease.find_called(spec)) return own->id;
  if (lease.has_released(spec)) return std::nullopt;
  const auto line = state_.board.directory().find(spec);
  if (!line) return Refused(line.error());
  if (lease.find(*line) != nullptr) return *line;
  if (lease.has_released(*line)) return std::nullopt;
  return not_in_lease(lease, spec);
}

Change LeaseEnd::end_whole(const std::vector<LeaseId>& leases, EndReason reason, Instant now) {
  std::vector<Leaving> leaving;
  for (const LeaseId id : leases) {
    if (const Lease* lease = state_.leases.find(id)) {
      leaving.push_back({id, lease->line_ids(), reason});
    }
  }
  return end(leaving, now);
}

Change LeaseEnd::end(const std::vector<Leaving>& leaving, Instant now) {
  Change change;
  for (const Leaving& each : leaving) change.add(remove_from_lease(each));
  change.add(reset_and_give_back(left_by_all(change.lines), now));
  taking_.refresh_edges(change.lines);
  return change;
}

/// Removes lines from their lease. Nothing changes if the lease is over, or no line is named.
Change LeaseEnd::remove_from_lease(const Leaving& leaving) {
  Change change;
  const Lease* lease = state_.leases.find(leaving.lease);
  if (lease == nullptr || leaving.lines.empty()) return change;
  EndedLease ended{.id = leaving.lease,
                   .holder = lease->holder,
                   .reason = leaving.reason,
                   .lines = leaving.lines,
                   .attached = lease->attached && leaving.reason != EndReason::holder_gone};
  state_.leases.remove_lines(leaving.lease, leaving.lines);
  change.lines = leaving.lines;
  if (state_.leases.find(leaving.lease) == nullptr) {
    change.ended.push_back(std::move(ended));
  } else {
    change.shrunk.push_back(leaving.lease);
  }
  return change;
}

/// Which of the lines the broker uses for no lease any more. A line that was only observed is not
/// in use, or it is in quarantine; a line whose chip is gone is not held.
std::vector<LineId> LeaseEnd::left_by_all(const std::vector<LineId>& lines) const {
  std::vector<LineId> left;
  std::set<LineId> seen;  // a line comes once for each lease that shared it
  for (const LineId line : lines) {
    const bool is_left = state_.held.in_use(line) && state_.leases.of_line(line) == nullptr &&
                         state_.quarantine.find(line) == nullptr;
    if (is_left && seen.insert(line).second) left.push_back(line);
  }
  return left;
}

Change LeaseEnd::reset_and_give_back(const std::vector<LineId>& lines, Instant now) {
  Change change;
  std::vector<LineId> safe = lines;
  change.quarantined = reset(state_.held, state_.safe_states, lines);
  for (const FailedReset& failure : change.quarantined) {
    std::erase(safe, failure.line);
    state_.quarantine.note_failure(failure.line, failure.why, now);
  }
  change.resets = static_cast<std::size_t>(
      std::ranges::count_if(safe, [this](LineId line) { return !state_.safe_states.keeps(line); }));
  edges_.note_levels(lines, now);
  Change kept_back = duplicates_.keep_back(safe, now);
  state_.ledger.strike(safe);  // before they are somebody else's
  give_back(state_, safe);
  kept_back.add(std::move(change));
  return kept_back;
}

}  // namespace gpiobroker::core
