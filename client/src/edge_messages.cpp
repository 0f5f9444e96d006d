// SPDX-License-Identifier: LGPL-2.1-or-later
// Turns the structs of messages into values. A word that this library does not know yet counts as
// the first.
#include "src/edge_messages.h"

#include "gpiobroker/words.h"

namespace gpiobroker::detail {

std::vector<EdgeEvent> from_wire(const std::vector<EdgeMessage>& edges) {
  std::vector<EdgeEvent> events;
  for (const auto& [line, kind, timestamp, clock, line_sequence, sequence] : edges) {
    events.push_back({.line = line,
                      .kind = from_word<EdgeKind>(kind).value_or(EdgeKind::rising),
                      .timestamp = std::chrono::nanoseconds(timestamp),
                      .clock = from_word<EventClock>(clock).value_or(EventClock::monotonic),
                      .line_sequence = line_sequence,
                      .sequence = sequence});
  }
  return events;
}

std::vector<LineStanding> from_wire(const std::vector<StandingMessage>& lines) {
  std::vector<LineStanding> standing;
  for (const auto& [line, value, line_sequence] : lines) {
    standing.push_back({.line = line, .active = value == 1, .line_sequence = line_sequence});
  }
  return standing;
}

}  // namespace gpiobroker::detail
