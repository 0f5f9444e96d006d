// SPDX-License-Identifier: GPL-2.0-or-later
// Sweep, parking, and the loss of a chip.
#include "core/broker/caretaker.h"

#include <algorithm>
#include <iterator>

#include "core/broker/parting.h"
#include "core/broker/sharing.h"
#include "core/chip/peripheral.h"
#include "core/policy/wanted_states.h"

namespace gpiobroker::core {
namespace {

constexpr std::string_view kParkingConsumer = "gpiobroker:parked";

/// Whether a line that the sweep could not get may still be driven by the dead broker's doing.
bool still_at_risk(const SweptLine& line) {
  const Reason why = line.why.reason;
  return why != Reason::in_use && why != Reason::chip_gone && why != Reason::serves_peripheral;
}

}  // namespace

Sweep Caretaker::sweep(const SafeStates& lines, Instant now) {
  Sweep done = core::sweep(broker_.held_, broker_.board_.chips(), lines);
  for (const FailedReset& each : done.stuck) {
    broker_.quarantine_.note_failure(each.line, each.why, now);
  }
  std::vector<LineId> over = done.reset;
  over.insert(over.end(), done.kept.begin(), done.kept.end());
  for (const SweptLine& each : done.not_had) {
    if (!still_at_risk(each)) over.push_back(each.line);
  }
  broker_.ledger_.strike(over);
  return done;
}

Result<Change> Caretaker::apply(Policy policy, Instant now) {
  auto change = set_safe_states(wanted_states(policy, broker_.board_), now);
  if (change) broker_.set_policy(std::move(policy));
  return change;
}

Result<Change> Caretaker::apply_to_new_chips(Instant now) {
  return set_safe_states(wanted_states(broker_.policy_, broker_.board_), now);
}

Result<Change> Caretaker::set_safe_states(const SafeStates& states, Instant now) {
  std::vector<LineId> at_risk;
  for (const auto& [line, state] : broker_.ledger_.content().lines) at_risk.push_back(line);
  if (auto written = broker_.ledger_.enter(at_risk, states, broker_.next_id_); !written) {
    return Refused(written.error());
  }
  unpark(states);
  broker_.safe_states_ = states;
  return park(now);
}

void Caretaker::unpark(const SafeStates& states) {
  for (const LineId line : broker_.parked_) {
    if (!states.parks(line)) broker_.held_.unpark(line);
  }
  std::erase_if(broker_.parked_, [&](LineId line) { return !states.parks(line); });
}

Change Caretaker::park(Instant now) {
  Change change;
  for (const auto& [line, state] : broker_.safe_states_.chosen()) {
    if (state.park && !broker_.held_.in_use(line)) park_line(line, now, change);
  }
  return change;
}

void Caretaker::park_line(LineId line, Instant now, Change& change) {
  const std::span lines(&line, 1);
  if (auto own = check_no_peripheral(broker_.held_, broker_.board_.chips(), line); !own) {
    change.unparked.push_back({line, own.error().message});
    return;
  }
  if (auto taken = broker_.held_.take(lines, kParkingConsumer); !taken) {
    change.unparked.push_back({line, taken.error().message});
    return;
  }
  change.lines.push_back(line);
  Parting(broker_).reset_and_give_back({line}, now, change);
}

Change Caretaker::chip_gone(ChipId chip, Instant now) {
  Change change;
  const auto on_chip = [&](LineId line) { return line.chip == chip; };
  std::vector<LeaseId> hit;
  for (const auto& [id, lease] : broker_.leases_.all()) {
    if (std::ranges::any_of(lease.lines, on_chip, &LeasedLine::id)) hit.push_back(id);
  }
  give_up_lines(chip);
  broker_.held_.drop(chip);
  broker_.quarantine_.drop(chip);
  std::erase_if(broker_.parked_, on_chip);
  std::erase_if(broker_.without_edges_, on_chip);
  std::erase_if(broker_.edge_counts_, [&](const auto& entry) { return on_chip(entry.first); });
  for (const LeaseId id : hit) end_for_chip(*broker_.leases_.find(id), chip, now, change);
  broker_.board_.detach(chip);
  return change;
}

/// What fails now cannot be tried again: it is the last time that the lines are in anybody's hands.
void Caretaker::give_up_lines(ChipId chip) {
  std::vector<LineId> at_risk;
  std::vector<LineId> held;
  for (const auto& [line, state] : broker_.ledger_.content().lines) {
    if (line.chip != chip) continue;
    at_risk.push_back(line);
    if (broker_.held_.holds(line)) held.push_back(line);
  }
  (void)reset(broker_.held_, broker_.board_.chips(), broker_.safe_states_, held);
  broker_.ledger_.strike(at_risk);
}

void Caretaker::end_for_chip(const Lease& lease, ChipId chip, Instant now, Change& change) {
  const std::vector<LineId> all = lease.line_ids();
  std::vector<LineId> others;
  std::ranges::copy_if(all, std::back_inserter(others),
                       [&](LineId line) { return line.chip != chip; });
  change.lines.insert(change.lines.end(), others.begin(), others.end());
  Parting(broker_).reset_and_give_back(Sharing(broker_).only_of(lease, others), now, change);
  change.ended.push_back({.id = lease.id,
                          .holder = lease.holder,
                          .reason = EndReason::chip_removed,
                          .lines = all,
                          .attached = lease.attached});
  broker_.leases_.part(lease.id, all);
  Sharing(broker_).refresh_edges(others);
}

}  // namespace gpiobroker::core
