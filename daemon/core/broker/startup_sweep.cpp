// SPDX-License-Identifier: GPL-2.0-or-later
// Enters what came of the sweep into the ledger and the quarantine.
#include "core/broker/startup_sweep.h"

namespace gpiobroker::core {
namespace {

/// Whether a line that the sweep could not get may still be driven by the dead broker's doing.
bool still_at_risk(const UnsweptLine& line) {
  const Reason why = line.why.reason;
  return why != Reason::in_use && why != Reason::chip_gone && why != Reason::serves_peripheral;
}

}  // namespace

Sweep StartupSweep::sweep(const SafeStates& lines, Instant now) {
  Sweep done = core::sweep(state_.held, lines);
  for (const FailedReset& each : done.stuck) {
    state_.quarantine.note_failure(each.line, each.why, now);
  }
  std::vector<LineId> over = done.reset;
  over.insert(over.end(), done.kept.begin(), done.kept.end());
  for (const UnsweptLine& each : done.unswept) {
    const bool is_in_use = each.why.reason == Reason::in_use;
    if (is_in_use && state_.ledger.content().handed_out.contains(each.line)) {
      duplicates_.wait_for(each.line, now);
    } else if (!still_at_risk(each)) {
      over.push_back(each.line);
    }
  }
  state_.ledger.strike(over);
  return done;
}

}  // namespace gpiobroker::core
