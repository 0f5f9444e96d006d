// SPDX-License-Identifier: GPL-2.0-or-later
// Turns edges into structs, and ids into names.
#include "bus/wire/edge_messages.h"

#include <utility>

#include "core/line/vocabulary.h"

namespace gpiobroker::bus {
namespace {

/// A line that has left the lease since has no name there any more.
std::string name_of(const core::Lease& lease, core::LineId id) {
  const core::LeasedLine* line = lease.find(id);
  return line == nullptr ? "" : line->spec;
}

}  // namespace

EdgeMessages to_messages(const core::Lease& lease, const std::vector<core::EdgeEvent>& edges) {
  EdgeMessages messages;
  for (const core::EdgeEvent& edge : edges) {
    std::string name = name_of(lease, edge.line);
    if (name.empty()) continue;
    messages.emplace_back(std::move(name), core::to_word(edge.kind),
                          static_cast<std::uint64_t>(edge.timestamp.count()),
                          core::to_word(edge.clock), edge.line_sequence, edge.sequence);
  }
  return messages;
}

StandingMessages to_messages(const std::vector<core::LineStanding>& lines) {
  StandingMessages messages;
  for (const core::LineStanding& line : lines) {
    messages.emplace_back(line.spec, line.value == core::Value::active ? 1 : 0, line.line_sequence);
  }
  return messages;
}

std::map<Text, std::uint64_t> lost_edges(const core::Lease& lease) {
  std::map<Text, std::uint64_t> lost;
  for (const auto& [line, count] : lease.edges.lost()) {
    const std::string name = name_of(lease, line);
    if (!name.empty()) lost.emplace(name, count);
  }
  return lost;
}

}  // namespace gpiobroker::bus
