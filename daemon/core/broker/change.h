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

struct Change {
  std::vector<EndedLease> ended;
  std::vector<LeaseId> shrunk;           ///< leases that lost some of their lines and live on
  std::vector<LeaseId> detached;         ///< leases whose holder has left, and that live on
  std::vector<LineId> lines;             ///< lines that may look different now
  std::vector<FailedReset> quarantined;  ///< resets that failed, the first time or again
  std::vector<LineId> recovered;         ///< lines that left quarantine
  std::vector<FailedReset> unparked;     ///< lines that could not be taken to be parked
  std::size_t resets = 0;                ///< how many lines were put into their safe state

  /// Appends what another operation changed.
  void add(Change other);
};

}  // namespace gpiobroker::core
