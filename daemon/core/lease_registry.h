// SPDX-License-Identifier: GPL-2.0-or-later
// All leases, found by id, by line and by holder.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/lease.h"

namespace gpiobroker::core {

/// Keeps the two indices, line to lease and holder to leases, in step. Bookkeeping only: it does
/// not know what a chip is.
class LeaseRegistry {
 public:
  /// Enters a lease. Its id is new and none of its lines is leased.
  void add(Lease lease);

  /// The lease, or null. Valid until the registry changes.
  [[nodiscard]] const Lease* find(LeaseId id) const;

  /// The lease that a line is in, or null.
  [[nodiscard]] const Lease* of_line(LineId line) const;

  [[nodiscard]] std::vector<LeaseId> of_holder(const ClientName& holder) const;

  [[nodiscard]] const std::map<LeaseId, Lease>& all() const { return leases_; }

  /// Changes what is noted as a line's settings.
  void note_settings(LineId line, const LineSettings& settings);

  /// Takes lines out of a lease; with its last line the lease itself goes.
  void part(LeaseId id, const std::vector<LineId>& lines);

 private:
  void erase(LeaseId id);

  std::map<LeaseId, Lease> leases_;
  std::map<LineId, LeaseId> by_line_;                  // each leased line: its lease
  std::map<ClientName, std::set<LeaseId>> by_holder_;  // each client with leases: all of them
};

}  // namespace gpiobroker::core
