// SPDX-License-Identifier: GPL-2.0-or-later
// Resets the chip's lines first, then ends the leases on them, then detaches the chip.
#include "core/broker/chip_removal.h"

#include <algorithm>

namespace gpiobroker::core {

Change ChipRemoval::chip_gone(ChipId chip, Instant now) {
  give_up_lines(chip);
  forget_lines(chip);
  Change change = end_.end_whole(leases_on(chip), EndReason::chip_removed, now);
  std::erase_if(change.lines, [&](LineId line) { return line.chip == chip; });
  state_.board.detach(chip);
  return change;
}

/// Resets the lines a last time. What fails now cannot be tried again: the chip is detached next.
void ChipRemoval::give_up_lines(ChipId chip) {
  std::vector<LineId> at_risk;
  std::vector<LineId> held;
  for (const auto& [line, state] : state_.ledger.content().lines) {
    if (line.chip != chip) continue;
    at_risk.push_back(line);
    if (state_.held.holds(line)) held.push_back(line);
  }
  (void)reset(state_.held, state_.safe_states, held);
  state_.ledger.strike(at_risk);
}

void ChipRemoval::forget_lines(ChipId chip) {
  const auto on_chip = [&](LineId line) { return line.chip == chip; };
  state_.held.drop(chip);
  state_.quarantine.drop(chip);
  state_.outstanding.drop(chip);
  std::erase_if(state_.parked, on_chip);
  std::erase_if(state_.without_edges, on_chip);
  std::erase_if(state_.edge_counts, [&](const auto& entry) { return on_chip(entry.first); });
}

std::vector<LeaseId> ChipRemoval::leases_on(ChipId chip) const {
  std::vector<LeaseId> leases;
  for (const auto& [id, lease] : state_.leases.all()) {
    const bool hit = std::ranges::any_of(
        lease.lines, [&](const LeasedLine& line) { return line.id.chip == chip; });
    if (hit) leases.push_back(id);
  }
  return leases;
}

}  // namespace gpiobroker::core
