// SPDX-License-Identifier: GPL-2.0-or-later
// Ends leases, or takes single lines out of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/broker/duplicates.h"
#include "core/broker/edges.h"
#include "core/broker/line_taking.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// Lines that leave a lease, and why.
struct Leaving {
  LeaseId lease;
  std::vector<LineId> lines;
  EndReason reason = EndReason::released;
};

/// The one road on which lines leave leases, whatever the reason and however many.
class LeaseEnd {
 public:
  LeaseEnd(BrokerState& state, LineTaking& taking, Edges& edges, Duplicates& duplicates)
      : state_(state), taking_(taking), edges_(edges), duplicates_(duplicates) {}

  /// The lines of a lease that are named, all of them if none is. One that has left it before is
  /// left out. Refused: not_in_lease, no_such_line, ambiguous_line, duplicate_line.
  [[nodiscard]] Result<std::vector<LineId>> lines_named(
      const Lease& lease, const std::vector<std::string>& specs) const;

  /// Takes lines out of leases, then resets those that nobody has any more: those of slow chips
  /// last. The ledger is written once. A lease ends with its last line; one that is over already is
  /// passed over.
  Change end(const std::vector<Leaving>& leaving, Instant now);

  /// The same for all lines of leases.
  Change end_whole(const std::vector<LeaseId>& leases, EndReason reason, Instant now);

  /// Resets lines that are held, and gives back to the kernel, or parks, those for which that
  /// worked; the others are in quarantine from then on. So are those that somebody may have a
  /// duplicate of. Returns how many were reset, and which
  /// could not be.
  Change reset_and_give_back(const std::vector<LineId>& lines, Instant now);

 private:
  [[nodiscard]] Result<std::optional<LineId>> line_called(const Lease& lease,
                                                          const std::string& spec) const;
  Change remove_from_lease(const Leaving& leaving);
  [[nodiscard]] std::vector<LineId> left_by_all(const std::vector<LineId>& lines) const;

  BrokerState& state_;
  LineTaking& taking_;
  Edges& edges_;
  Duplicates& duplicates_;
};

}  // namespace gpiobroker::core
