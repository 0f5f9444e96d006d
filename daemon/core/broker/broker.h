// SPDX-License-Identifier: GPL-2.0-or-later
// Grants leases, ends them, and resets the lines that they leave.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/broker/acquire_check.h"
#include "core/broker/chip_removal.h"
#include "core/broker/direct.h"
#include "core/broker/edges.h"
#include "core/broker/granting.h"
#include "core/broker/lease_end.h"
#include "core/broker/lease_expiry.h"
#include "core/broker/line_io.h"
#include "core/broker/line_taking.h"
#include "core/broker/outside.h"
#include "core/broker/parking.h"
#include "core/broker/startup_sweep.h"
#include "core/broker/state.h"
#include "core/broker/transfer.h"
#include "core/broker/waiting.h"

namespace gpiobroker::core {

/// Owns every rule about who has which line. Takes time as a value and returns what changed; calls
/// nobody but the chips and the ledger. The rules are in the roles that it holds, which act on one
/// BrokerState and are reached through it alone.
///
/// An operation that is refused has changed nothing, with one exception: lines that a refused
/// acquire() could neither put back as they were nor reset are in quarantine. A reset that fails
/// refuses nothing: the lease ends, and the line goes into quarantine.
class Broker {
 public:
  /// For lines that need no successor to reset them.
  explicit Broker(Board& board) : Broker(board, no_store_, {}) {}

  /// Goes on from what an earlier broker wrote down: lease ids go up from there, and what it left
  /// is to be swept. The store outlives the broker.
  Broker(Board& board, LedgerStore& store, const LedgerContent& leftover);

  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  /// What decides from now on, aliases included. Leases that are there stay. Safe states are not
  /// touched: see wanted_states() and Parking.
  void set_policy(Policy policy) { adopt_policy(state_, std::move(policy)); }

  /// Counts a call against its caller's quota, as so many. Refused: quota_exceeded.
  [[nodiscard]] Result<void> admit_call(const Client& caller, Instant now, std::uint32_t cost = 1) {
    return state_.budget.take(state_.policy.quotas(), caller, now, cost);
  }

  /// Grants all of the lines with their settings applied, or nothing.
  /// Refused: no_such_line, ambiguous_line, duplicate_line, no_lines, too_many_lines,
  /// invalid_setting, denied, quota_exceeded, busy, in_use, serves_peripheral, quarantined,
  /// not_recorded, and whatever the chip refuses.
  Result<LeaseId> acquire(const Client& holder, const AcquireRequest& request, Instant now) {
    return granting_.acquire(holder, request, now);
  }

  /// Resets and gives back lines of a lease, all of them if none is named. A line that was
  /// released before is no error. Refused: no_such_lease, not_in_lease, no_such_line, ...
  Result<Change> release(const Client& caller, LeaseId id, const std::vector<std::string>& specs,
                         Instant now);

  /// The same, but refuses root as well what is another's: no_such_lease.
  Result<Change> release_own(const Client& caller, LeaseId id,
                             const std::vector<std::string>& specs, Instant now);

  /// Resets and gives back those of the lines that the caller holds. If none is named: all that
  /// this connection of its acquired, and nothing of what others of the same user did. A line that
  /// it does not hold is no error and is not touched. Of lines that nobody holds but the broker,
  /// since somebody read them (HeldLines::keeps), it lets go if root names them.
  /// Refused: no_such_line, ...
  Result<Change> release_held(const Client& caller, const std::vector<std::string>& specs,
                              Instant now);

  /// Ends the leases that a line is in, whoever has it, for the reason that `words` give. Refused:
  /// no_such_line, ambiguous_line, no_such_lease, and denied without the right to revoke each of
  /// its lines.
  Result<Change> revoke(const Client& caller, const std::string& spec, const std::string& words,
                        Instant now);

  /// A client is gone: ends all its leases but those that live as long as something else. The only
  /// road for a client's death.
  Change goodbye(const ClientName& client, Instant now);

  /// Ends every lease: the bus is lost or the broker stops.
  Change end_all(EndReason reason, Instant now);

  /// Tries the resets that are due again, and looks again at what is waited for. next_retry() says
  /// when some will be.
  Change retry_resets(Instant now);
  [[nodiscard]] std::optional<Instant> next_retry() const { return state_.quarantine.next_due(); }

  [[nodiscard]] const Policy& policy() const { return state_.policy; }
  [[nodiscard]] const Board& board() const { return state_.board; }
  [[nodiscard]] const LeaseRegistry& leases() const { return state_.leases; }
  [[nodiscard]] const Outstanding& outstanding() const { return state_.outstanding; }
  [[nodiscard]] const Quarantine& quarantine() const { return state_.quarantine; }
  [[nodiscard]] const AcquireQueue& queue() const { return state_.queue; }
  [[nodiscard]] const HeldLines& held() const { return state_.held; }
  [[nodiscard]] const SafeStates& safe_states() const { return state_.safe_states; }
  [[nodiscard]] const std::set<LineId>& parked() const { return state_.parked; }
  [[nodiscard]] const EdgeTotals& edge_totals() const { return state_.edge_totals; }

  /// Whether somebody wants edges of a line that is an input, and its chip refuses to tell of any.
  [[nodiscard]] bool is_without_edges(LineId line) const {
    return state_.without_edges.contains(line);
  }

  /// What operations have changed, since the last call, beside what they returned: leases that were
  /// granted, what became of those who observed lines that were leased unobserved, and which leases
  /// have lines that edges cannot come from, or can again.
  [[nodiscard]] Change take_side_effects() { return std::exchange(state_.side_effects, {}); }

  /// What acts on the leases and lines. Each lives as long as the broker.
  [[nodiscard]] Edges& edges() { return edges_; }
  [[nodiscard]] LineIo& line_io() { return io_; }
  [[nodiscard]] Waiting& waiting() { return waiting_; }
  [[nodiscard]] Direct& direct() { return direct_; }
  [[nodiscard]] Transfer& transfer() { return transfer_; }
  [[nodiscard]] LeaseExpiry& expiry() { return expiry_; }
  [[nodiscard]] Parking& parking() { return parking_; }
  [[nodiscard]] ChipRemoval& chip_removal() { return chip_removal_; }
  [[nodiscard]] StartupSweep& startup_sweep() { return startup_sweep_; }
  [[nodiscard]] Outside& outside() { return outside_; }

  [[nodiscard]] Result<const Lease*> lease_for(const Client& caller, LeaseId id) const {
    return core::lease_for(state_, caller, id);
  }

 private:
  Result<Change> release_lines(const Client& caller, const Lease& lease,
                               const std::vector<std::string>& specs, Instant now);
  Change retry_failed(const std::vector<LineId>& due, Instant now);

  NoLedgerStore no_store_;
  BrokerState state_;
  AcquireCheck check_{state_};
  Edges edges_{state_};
  LineTaking taking_{state_, edges_};
  Duplicates duplicates_{state_};
  LeaseEnd end_{state_, taking_, edges_, duplicates_};
  LineIo io_{state_, taking_, edges_};
  Granting granting_{state_, {check_, edges_, taking_, end_, io_}};
  Waiting waiting_{state_, granting_, check_};
  Transfer transfer_{state_, check_};
  Direct direct_{state_, taking_, duplicates_};
  LeaseExpiry expiry_{state_, end_};
  Parking parking_{state_, end_};
  ChipRemoval chip_removal_{state_, end_};
  StartupSweep startup_sweep_{state_, duplicates_};
  Outside outside_{state_, direct_};
};

}  // namespace gpiobroker::core
