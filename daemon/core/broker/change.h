// SPDX-License-Identifier: GPL-2.0-or-later
// What an operation changed, as a value: the core never notifies, its caller does.
#pragma once

#include <string>
#include <vector>

#include "core/chip/reset.h"
#include "core/lease/lease.h"

namespace gpiobroker::core {

struct EndedLease {
  LeaseId id;
  Client holder;
  EndReason reason = EndReason::released;
  std::vector<LineId> lines = {};  ///< those that it had until now
  bool attached = false;           ///< whether its holder is there to be told
  std::string details = {};        ///< why it was revoked, in the words of who did that
};

/// A lease that changed hands.
struct Transferred {
  LeaseId id;
  Client from;
  Client to;
  bool attached = false;  ///< whether the earlier holder is there to be told
};

/// A line that the policy wants parked and that could not be taken.
struct ParkFailure {
  LineId line;
  std::string why;  ///< what the chip said, or what the line's pin serves
};

/// A line that is reset, and of which somebody may have a duplicate.
struct HeldBack {
  LineId line;
  std::string why;
};

struct Change {
  std::vector<LeaseId> granted;          ///< new leases
  std::vector<Transferred> transferred;  ///< leases that went to whom they were offered
  std::vector<LeaseId> taken_over;       ///< leases with another connection of the same user
  std::vector<EndedLease> ended;
  std::vector<LeaseId> shrunk;           ///< leases that lost some of their lines and live on
  std::vector<LeaseId> detached;         ///< leases whose holder has left, and that live on
  std::vector<LeaseId> edge_supply;      ///< leases with a line that edges cannot come from, or
                                         ///< can again (Broker::is_without_edges())
  std::vector<LineId> lines;             ///< lines that may look different now
  std::vector<FailedReset> quarantined;  ///< resets that failed, the first time or again
  std::vector<HeldBack> held_back;  ///< lines that are in quarantine for a duplicate from now on
  std::vector<LineId> undone;       ///< what somebody drove by a duplicate, and is reset again
  std::vector<LineId> recovered;    ///< lines that left quarantine
  std::vector<ParkFailure> park_failures;
  std::size_t opened = 0;  ///< how often a lease was opened directly
  std::size_t resets = 0;  ///< how many lines were put into their safe state

  /// Appends what another operation changed.
  void add(Change other);
};

/// No more than that lines may look different now.
[[nodiscard]] Change lines_changed(std::vector<LineId> lines);

}  // namespace gpiobroker::core
