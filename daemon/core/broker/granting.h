// SPDX-License-Identifier: GPL-2.0-or-later
// Grants a request: the lines are taken, and become a lease.
#pragma once

#include <vector>

#include "core/broker/acquire_check.h"
#include "core/broker/edges.h"
#include "core/broker/lease_end.h"
#include "core/broker/line_io.h"
#include "core/broker/line_taking.h"
#include "core/broker/state.h"

namespace gpiobroker::core {

/// Grants all of the lines with their settings applied, or nothing. Refusals as for
/// Broker::acquire().
class Granting {
 public:
  struct Roles {
    const AcquireCheck& check;
    Edges& edges;
    LineTaking& taking;
    LeaseEnd& end;
    LineIo& io;
  };

  Granting(BrokerState& state, const Roles& roles) : state_(state), roles_(roles) {}

  /// For a newcomer, who takes nothing that others wait for.
  Result<LeaseId> acquire(const Client& holder, const AcquireRequest& request, Instant now);

  /// For whom everybody who came earlier has had a turn.
  Result<LeaseId> acquire_in_turn(const Client& holder, const AcquireRequest& request, Instant now);

 private:
  [[nodiscard]] Result<void> check_nobody_waits_for(const Client& holder,
                                                    const AcquireRequest& request) const;
  LeaseId enter_lease(const Client& holder, const AcquireRequest& request,
                      const std::vector<LineWithSettings<LineId>>& lines, Instant now);
  void put_off_observers(const std::vector<LineId>& lines, Instant now);

  BrokerState& state_;
  Roles roles_;
};

}  // namespace gpiobroker::core
