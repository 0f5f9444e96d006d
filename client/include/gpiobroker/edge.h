// SPDX-License-Identifier: LGPL-2.1-or-later
// Changes of a line's level, as the broker tells of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "gpiobroker/settings.h"

namespace gpiobroker {

enum class EdgeKind : std::uint8_t {
  rising,   ///< to active
  falling,  ///< to inactive
  timeout,  ///< none for as long as Settings::edge_timeout
};

struct EdgeEvent {
  std::string line;  ///< as named when the lease was acquired
  EdgeKind kind = EdgeKind::rising;
  std::chrono::nanoseconds timestamp{0};  ///< when it was, not when it was read
  EventClock clock = EventClock::monotonic;
  std::uint64_t line_sequence = 0;  ///< its number on the line, the same for all who see it
  std::uint64_t sequence = 0;       ///< its number in the lease: gaps are lost events
};

/// Where a line stands at one moment: edges with higher numbers come later.
struct LineStanding {
  std::string line;
  bool active = false;
  std::uint64_t line_sequence = 0;
};

}  // namespace gpiobroker
