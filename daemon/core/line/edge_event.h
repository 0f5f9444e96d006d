// SPDX-License-Identifier: GPL-2.0-or-later
// A change of a line's level, as the holder of a lease hears of it.
#pragma once

#include "core/base/instant.h"
#include "core/line/line_id.h"
#include "core/line/settings.h"

namespace gpiobroker::core {

enum class EdgeKind : std::uint8_t {
  rising,   ///< to active
  falling,  ///< to inactive
  timeout,  ///< no edge for as long as the lease asked to be told after
};

[[nodiscard]] constexpr const char* to_word(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::rising: return "rising";
    case EdgeKind::falling: return "falling";
    case EdgeKind::timeout: return "timeout";
  }
  return "unknown";
}

struct EdgeEvent {
  LineId line;
  EdgeKind kind = EdgeKind::rising;
  EventClock clock = EventClock::monotonic;
  std::chrono::nanoseconds timestamp{0};  ///< on the clock above
  std::uint64_t line_sequence = 0;        ///< counts the line's edges, for all who see them; of a
                                          ///< timeout that of the edge before it
  std::uint64_t sequence = 0;  ///< counts what the lease was to hear of, what it lost included
};

}  // namespace gpiobroker::core
