// SPDX-License-Identifier: GPL-2.0-or-later
// To the unit.
#include "kernel/edge_tally.h"

#include <gtest/gtest.h>

namespace gpiobroker::test {

EdgeTally::EdgeTally(Broker& broker, const std::vector<std::string>& lines,
                     std::uint32_t buffer_size)
    : lease_(broker.acquire(lines, {.direction = Direction::input,
                                    .edge = Edge::both,
                                    .access = Access::shared,
                                    .event_buffer_size = buffer_size})),
      watch_(lease_) {
  for (const std::string& line : lines) lines_[line] = {};
}

void EdgeTally::take() {
  for (const EdgeEvent& edge : watch_.take()) enter(edge);
}

void EdgeTally::enter(const EdgeEvent& edge) {
  EXPECT_GT(edge.sequence, last_sequence_);
  last_sequence_ = edge.sequence;
  Line& line = lines_.at(edge.line);
  EXPECT_GT(edge.line_sequence, line.last) << edge.line;
  line.last = edge.line_sequence;
  ++line.heard;
}

std::uint64_t EdgeTally::heard() const {
  std::uint64_t sum = 0;
  for (const auto& [name, line] : lines_) sum += line.heard;
  return sum;
}

std::uint64_t EdgeTally::lost() const {
  std::uint64_t sum = 0;
  for (const auto& [name, count] : watch_.lost()) sum += count;
  return sum;
}

std::uint64_t EdgeTally::lost_of(const std::string& line) const {
  const auto lost = watch_.lost().find(line);
  return lost == watch_.lost().end() ? 0 : lost->second;
}

void EdgeTally::expect_no_edge_unaccounted() const {
  for (const auto& [name, line] : lines_) {
    EXPECT_EQ(line.heard + lost_of(name), line.last) << name;
  }
}

void EdgeTally::expect_as_many_edges_as(const EdgeTally& other) const {
  for (const auto& [name, line] : lines_) {
    EXPECT_EQ(line.heard + lost_of(name), other.lines_.at(name).last) << name;
  }
}

}  // namespace gpiobroker::test
