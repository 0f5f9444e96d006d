// SPDX-License-Identifier: GPL-2.0-or-later
// Adds up what a client hears of edges, and what it is told that it lost.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gpiobroker/broker.h"
#include "gpiobroker/edge_watch.h"

namespace gpiobroker::test {

/// Shares lines and hears of their edges. Expects, with each that it takes, that it comes in order.
class EdgeTally {
 public:
  EdgeTally(Broker& broker, const std::vector<std::string>& lines, std::uint32_t buffer_size);

  /// Takes what has come.
  void take();

  /// Edges heard of and lost, of all lines.
  [[nodiscard]] std::uint64_t heard() const;
  [[nodiscard]] std::uint64_t lost() const;

  /// Expects of each line that what was heard and what was lost is all that there was.
  void expect_no_edge_unaccounted() const;

  /// Expects the same of what somebody who lost none heard of the same lines. The last edge of a
  /// line may be among the lost: newer ones of other lines made it go.
  void expect_as_many_edges_as(const EdgeTally& other) const;

 private:
  struct Line {
    std::uint64_t heard = 0;
    std::uint64_t last = 0;  // its number on the line
  };

  void enter(const EdgeEvent& edge);
  [[nodiscard]] std::uint64_t lost_of(const std::string& line) const;

  Lease lease_;
  EdgeWatch watch_;
  std::map<std::string, Line> lines_;  // by name
  std::uint64_t last_sequence_ = 0;
};

}  // namespace gpiobroker::test
