// SPDX-License-Identifier: GPL-2.0-or-later
// Counts what has happened since the broker started.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "core/base/instant.h"
#include "core/broker/change.h"

namespace gpiobroker::core {

struct Counters {
  std::uint64_t granted = 0;                 ///< leases
  std::map<EndReason, std::uint64_t> ended;  ///< leases, by reason; those that occurred
  std::uint64_t opened = 0;                  ///< how often leases were opened directly
  std::uint64_t undone = 0;  ///< lines reset again that somebody had configured after their lease
  std::uint64_t resets = 0;  ///< lines put into their safe state
  std::uint64_t failed_resets = 0;               ///< attempts that did not work out
  Instant slowest_reset{0};                      ///< of all that led to a reset
  std::map<std::string, std::uint64_t> refused;  ///< calls, by the name of the error

  std::uint64_t unsent = 0;  ///< messages that the bus did not take

  /// Counts what a change has of all these, but for the time.
  void note(const Change& change);

  /// A change that reset lines was complete so long after the broker could have known of its cause.
  void note_reset_time(Instant took) { slowest_reset = std::max(slowest_reset, took); }
};

}  // namespace gpiobroker::core
