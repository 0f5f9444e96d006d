// SPDX-License-Identifier: GPL-2.0-or-later
// All leases, found by id, by line and by holder.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/lease/lease.h"

namespace gpiobroker::core {

/// Keeps the two indices, line to lease and holder to leases, in step. Bookkeeping only: it does
/// not know what a chip is.
class LeaseRegistry {
 public:
  /// Enters a lease. Its id is new.
  void add(Lease lease);

  /// The lease, or null. Valid until the registry changes.
  [[nodiscard]] const Lease* find(LeaseId id) const;

  /// The lease that a line is in, or null: the first of several that share it. Observers are not
  /// meant.
  [[nodiscard]] const Lease* of_line(LineId line) const;

  /// All leases on a line, observers included, in the order of their ids.
  [[nodiscard]] std::vector<const Lease*> on_line(LineId line) const;

  [[nodiscard]] std::vector<LeaseId> of_holder(const ClientName& holder) const;

  [[nodiscard]] const std::map<LeaseId, Lease>& all() const { return leases_; }

  /// Changes what is noted as a line's settings in a lease.
  void note_settings(LeaseId id, LineId line, const LineSettings& settings);

  /// An edge for a lease, or that there was none for long; returns whether it cost an older one.
  /// And the loss of some.
  bool push_edge(LeaseId id, const EdgeEvent& edge, Instant now);
  void note_lost_edges(LeaseId id, LineId line, std::uint64_t count);
  void note_undelivered_edge(LeaseId id, LineId line);
  [[nodiscard]] std::vector<EdgeEvent> take_edges(LeaseId id, std::size_t most);
  [[nodiscard]] std::vector<EdgeEvent> lend_edges(LeaseId id, std::uint64_t received,
                                                  std::size_t most);
  void forget_edges(LeaseId id) { leases_.at(id).edges.forget_all(); }

  /// Who may take a lease over; nobody if there is no name.
  void offer(LeaseId id, std::optional<ClientName> to) {
    leases_.at(id).offered_to = std::move(to);
  }

  /// Its holder was given duplicates of its kernel requests: nobody else is to have it any more.
  void note_opened(LeaseId id) {
    leases_.at(id).opened = true;
    leases_.at(id).offered_to.reset();
  }

  /// Its holder did something with a lease; or said no more than that it is alive.
  void note_use(LeaseId id, Instant now) { leases_.at(id).last_use = now; }
  void note_keep_alive(LeaseId id, Instant now);

  /// The broker would have heard no sign of life before.
  void forgive_silence(LeaseId id, Instant until) { leases_.at(id).forgiven = until; }

  /// The holder has left the bus, and its lease lives on.
  void detach(LeaseId id) { leases_.at(id).attached = false; }

  /// Another connection stands for the holder from now on.
  void attach(LeaseId id, const Client& holder);

  /// Takes lines out of a lease; with its last line the lease itself goes.
  void remove_lines(LeaseId id, const std::vector<LineId>& lines);

 private:
  void erase(LeaseId id);
  void forget_holder_of(const Lease& lease);

  std::map<LeaseId, Lease> leases_;
  std::map<LineId, std::set<LeaseId>> by_line_;        // each leased line: its leases
  std::map<ClientName, std::set<LeaseId>> by_holder_;  // each client with leases: all of them
};

}  // namespace gpiobroker::core
