// SPDX-License-Identifier: GPL-2.0-or-later
// The broker itself: grants leases, ends them, and sees to it that what ends is reset.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/broker/change.h"
#include "core/chip/board.h"
#include "core/chip/held_lines.h"
#include "core/chip/ledger.h"
#include "core/chip/quarantine.h"
#include "core/lease/acquire_queue.h"
#include "core/lease/lease_registry.h"
#include "core/line/edge_count.h"
#include "core/policy/call_budget.h"
#include "core/policy/policy.h"

namespace gpiobroker::core {

/// Owns every rule about who has which line. Takes time as a value and returns what changed;
/// never calls out but to the chips and the ledger.
///
/// Errors are refusals and leave everything as it was, with one exception that is no error: a line
/// whose reset fails goes into quarantine and its lease ends all the same. Nor does a line leave it
/// that a refused acquire() could neither put back as it was nor reset.
class Broker {
 public:
  /// For lines that need no successor to reset them.
  explicit Broker(Board& board);

  /// Goes on from what an earlier broker wrote down: lease ids go up from there, and what it left
  /// is to be swept. The store outlives the broker.
  Broker(Board& board, LedgerStore& store, const LedgerContent& left);

  /// What decides from now on, aliases included. Leases that are there stay. Safe states are not
  /// touched: see wanted_states() and Caretaker.
  void set_policy(Policy policy);

  /// Counts a call against its caller's quota, as so many. Refused: quota_exceeded.
  [[nodiscard]] Result<void> admit_call(const Holder& caller, Instant now, std::uint32_t cost = 1) {
    return budget_.take(policy_.quotas(), caller, now, cost);
  }

  /// Grants all of the lines with their settings applied, or nothing.
  /// Refused: no_such_line, ambiguous_line, duplicate_line, no_lines, too_many_lines,
  /// invalid_setting, denied, quota_exceeded, busy, in_use, serves_peripheral, quarantined,
  /// not_recorded, and whatever the chip refuses.
  Result<LeaseId> acquire(const Holder& holder, const AcquireRequest& request, Instant now);

  /// Resets and gives back lines of a lease, all of them if none is named. A line that was
  /// released before is no error. Refused: no_such_lease, not_in_lease, no_such_line, ...
  Result<Change> release(const Caller& caller, LeaseId id, const std::vector<std::string>& specs,
                         Instant now);

  /// Resets and gives back those of the lines that the caller holds. If none is named: all that
  /// this connection of its acquired, and nothing of what others of the same user did. A line that
  /// it does not hold is no error and is not touched. Of lines that nobody holds but the broker,
  /// since somebody read them (HeldLines::keeps), it lets go if a privileged caller names them.
  /// Refused: no_such_line, ...
  Result<Change> release_held(const Caller& caller, const std::vector<std::string>& specs,
                              Instant now);

  /// Ends the leases that a line is in, whoever has it, for the reason that `words` give. Refused:
  /// no_such_line, ambiguous_line, no_such_lease, and denied without the right to revoke each of
  /// its lines.
  Result<Change> revoke(const Subject& who, const std::string& spec, const std::string& words,
                        Instant now);

  /// A client is gone: ends all its leases but those that live as long as something else. The only
  /// road for a client's death.
  Change goodbye(const ClientName& client, Instant now);

  /// Ends every lease: the bus is lost or the broker stops.
  Change end_all(EndReason reason, Instant now);

  /// Tries the resets that are due again. next_retry() says when some will be.
  Change retry_resets(Instant now);
  [[nodiscard]] std::optional<Instant> next_retry() const { return quarantine_.next_due(); }

  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] const Board& board() const { return board_; }
  [[nodiscard]] const LeaseRegistry& leases() const { return leases_; }
  [[nodiscard]] const Quarantine& quarantine() const { return quarantine_; }
  [[nodiscard]] const AcquireQueue& queue() const { return queue_; }
  [[nodiscard]] const HeldLines& held() const { return held_; }
  [[nodiscard]] const SafeStates& safe_states() const { return safe_states_; }
  [[nodiscard]] const std::set<LineId>& parked() const { return parked_; }
  [[nodiscard]] const EdgeTotals& edge_totals() const { return edge_totals_; }

  /// Whether somebody wants edges of a line that is an input, and its chip refuses to tell of any.
  [[nodiscard]] bool is_without_edges(LineId line) const { return without_edges_.contains(line); }

  /// The leases with a line of which that has changed since the last call.
  [[nodiscard]] std::set<LeaseId> take_edge_supply_news() {
    return std::exchange(edge_supply_, {});
  }

  /// What became, since the last call, of those who observed lines that were leased unobserved.
  [[nodiscard]] Change take_put_off() { return std::exchange(put_off_, {}); }

  /// The caller's lease, or no_such_lease: the same answer whether it is another's or nobody's. A
  /// lease that outlives its connection is any connection's of the same user.
  [[nodiscard]] Result<const Lease*> lease_for(const Caller& caller, LeaseId id) const;

  /// The lines that the caller means: those that it called so itself in what it holds or waits for,
  /// else the one that is found by it. Refused: no_such_line, ambiguous_line.
  [[nodiscard]] Result<std::vector<LineId>> lines_called(const Caller& caller,
                                                         const std::string& spec) const;

 private:
  friend class AcquireCheck;
  friend class Caretaker;
  friend class Edges;
  friend class LeaseExpiry;
  friend class LineIo;
  friend class LeaseEnd;
  friend class LineTaking;
  friend class Transfer;
  friend class Waiting;

  /// acquire() for whom everybody who came earlier has had a turn.
  Result<LeaseId> acquire_in_turn(const Holder& holder, const AcquireRequest& request, Instant now);
  [[nodiscard]] Result<void> check_nobody_waits_for(const Holder& holder,
                                                    const AcquireRequest& request) const;
  [[nodiscard]] Result<void> check_rights(const Subject& who, LineId line, Verb verb) const;
  void put_off_observers(const std::vector<LineId>& lines, Instant now);

  Board& board_;
  Policy policy_;
  CallBudget budget_;
  NoLedgerStore no_store_;
  Ledger ledger_;
  SafeStates safe_states_;
  HeldLines held_{board_.chips()};
  LeaseRegistry leases_;
  Quarantine quarantine_;
  AcquireQueue queue_;
  std::map<LineId, EdgeCount>
      edge_counts_;  // of each line of a chip that is there and was ever leased
  EdgeTotals edge_totals_;
  std::set<LeaseId> edge_news_;     // the leases with edges that nobody looked for yet
  std::set<LineId> without_edges_;  // inputs whose chip refuses edges that somebody wants
  std::set<LeaseId> edge_supply_;   // leases with a line that came there, or left
  std::set<LineId> parked_;         // lines that are held to be safe, whoever leases them meanwhile
  Change put_off_;                  // what nobody has been told of yet
  LeaseId next_id_;
};

}  // namespace gpiobroker::core
