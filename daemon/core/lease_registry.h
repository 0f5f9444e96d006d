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

  /// Its holder did something with a lease; or said no more than that it is alive.
  void note_use(LeaseId id, Instant now) { leases_.at(id).last_use = now; }
  void note_keep_alive(LeaseId id, Instant now);

  /// The holder has left the bus, and its lease lives on.
  void detach(LeaseId id) { leases_.at(id).attached = false; }

  /// Another connection stands for the holder from now on.
  void attach(LeaseId id, const Holder& holder);

  /// Takes lines out of a lease; with its last line the lease itself goes.
  void part(LeaseId id, const std::vector<LineId>& lines);

 private:
  void erase(LeaseId id);
  void forget_holder_of(const Lease& lease);

  std::map<LeaseId, Lease> leases_;
  std::map<LineId, LeaseId> by_line_;                  // each leased line: its lease
  std::map<ClientName, std::set<LeaseId>> by_holder_;  // each client with leases: all of them
};

}  // namespace gpiobroker::core
