// SPDX-License-Identifier: GPL-2.0-or-later
// All that the broker knows, for the roles that act on it. It has no rules of its own.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/broker/change.h"
#include "core/chip/board.h"
#include "core/chip/held_lines.h"
#include "core/chip/ledger.h"
#include "core/chip/quarantine.h"
#include "core/lease/acquire_queue.h"
#include "core/lease/lease_registry.h"
#include "core/lease/outstanding.h"
#include "core/line/edge_count.h"
#include "core/policy/call_budget.h"
#include "core/policy/policy.h"

namespace gpiobroker::core {

/// Changed by the roles (LineTaking, LeaseEnd, ...) alone, which Broker holds; read by everybody.
struct BrokerState {
  Board& board;
  Ledger ledger;
  LeaseId next_id;  ///< of the next lease
  HeldLines held{board.chips()};
  Policy policy = {};
  CallBudget budget = {};
  SafeStates safe_states = {};
  LeaseRegistry leases = {};
  Quarantine quarantine = {};
  Outstanding outstanding = {};
  AcquireQueue queue = {};
  std::set<LineId> parked = {};  ///< held to be safe, whoever leases them meanwhile
  Change side_effects = {};      ///< what operations changed beside what they return

  std::map<LineId, EdgeCount> edge_counts = {};  ///< of each line that was ever leased
  EdgeTotals edge_totals = {};
  std::set<LeaseId> leases_with_edges = {};  ///< with such that nobody looked for yet
  std::set<LineId> without_edges = {};  ///< inputs whose chip refuses edges that somebody wants
};

/// The caller's lease, or no_such_lease: the same answer whether it is another's or nobody's. A
/// lease that outlives its connection is any connection's of the same user. Valid until the leases
/// change.
[[nodiscard]] Result<const Lease*> lease_for(const BrokerState& state, const Client& caller,
                                             LeaseId id);

/// The refusal for a lease that is not there, or not for the caller to know of.
[[nodiscard]] Refused no_such_lease(LeaseId id);

/// The refusal for a line that a client names and its lease does not have.
[[nodiscard]] Refused not_in_lease(const Lease& lease, const std::string& spec);

/// Refuses what is its holder's own affair once a lease is opened directly: opened_directly.
[[nodiscard]] Result<void> check_not_opened(const Lease& lease, const std::string& why);
[[nodiscard]] Result<void> check_edges_are_told(const Lease& lease);

/// Whether the caller is a lease's holder, or may stand for it.
[[nodiscard]] bool belongs_to(const Lease& lease, const Client& caller);

/// The lines that the caller means: those that it called so itself in what it holds or waits for,
/// else the one that is found by it. Refused: no_such_line, ambiguous_line.
[[nodiscard]] Result<std::vector<LineId>> lines_called(const BrokerState& state,
                                                       const Client& caller,
                                                       const std::string& spec);

/// Refused: denied.
[[nodiscard]] Result<void> check_rights(const BrokerState& state, const Client& client, LineId line,
                                        Verb verb);

/// Puts a policy in force, aliases included. Leases that are there stay.
void adopt_policy(BrokerState& state, Policy policy);

}  // namespace gpiobroker::core
