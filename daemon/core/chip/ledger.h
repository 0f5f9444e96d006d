// SPDX-License-Identifier: GPL-2.0-or-later
// What must be reset should the broker die, written down before it is driven.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/base/result.h"
#include "core/line/safe_states.h"

namespace gpiobroker::core {

struct LedgerContent {
  LeaseId next_lease{1};              ///< no lease has had this id or a higher one
  std::map<LineId, SafeState> lines;  ///< each line at risk: where it goes
  std::set<LineId> handed_out = {};   ///< those that somebody may have a duplicate of
};

/// Where a ledger is kept so that it outlives the broker. The core's second port, beside the chip:
/// that a line is written down before it is driven is a rule of the core's, and tested there.
class LedgerStore {
 public:
  LedgerStore() = default;
  LedgerStore(const LedgerStore&) = delete;
  LedgerStore& operator=(const LedgerStore&) = delete;
  virtual ~LedgerStore() = default;

  /// Replaces what was written, whole or not at all. Refused: not_recorded.
  virtual Result<void> write(const LedgerContent& content) = 0;
};

/// For a broker whose lines need no successor to reset them, such as simulated ones.
class NoLedgerStore : public LedgerStore {
 public:
  Result<void> write(const LedgerContent& /*content*/) override { return {}; }
};

/// Keeps the written ledger in step with the lines that are in the broker's hands.
class Ledger {
 public:
  /// Goes on from what an earlier broker left.
  Ledger(LedgerStore& store, LedgerContent content) : store_(store), content_(std::move(content)) {}

  [[nodiscard]] const LedgerContent& content() const { return content_; }

  /// Writes lines down, with their safe states, and that ids below next_lease may be taken. If
  /// that is refused, nothing has changed.
  Result<void> enter(const std::vector<LineId>& lines, const SafeStates& states,
                     LeaseId next_lease);

  /// Writes down that somebody is about to be given duplicates of the requests of lines, and the
  /// lines too, where they are not yet. If that is refused, nothing has changed.
  Result<void> note_handed_out(const std::vector<LineId>& lines, const SafeStates& states);

  /// Takes lines out that are reset. Should the writing fail, the next one makes up for it; until
  /// then a successor finds lines to reset that need none, which does no harm.
  void strike(const std::vector<LineId>& lines);

 private:
  LedgerStore& store_;
  LedgerContent content_;
};

}  // namespace gpiobroker::core
