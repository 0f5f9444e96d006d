// SPDX-License-Identifier: GPL-2.0-or-later
// A client that has edges sent to it, and what it heard.
#pragma once

#include <string>
#include <vector>

#include "harness/broker_test.h"

namespace gpiobroker::test {

/// An edge as EdgesSeen and WaitForEdges tell of it.
struct SeenEdge {
  std::string line;
  std::string kind;
  std::uint64_t line_sequence = 0;
  std::uint64_t sequence = 0;

  bool operator==(const SeenEdge&) const = default;
};

[[nodiscard]] std::vector<SeenEdge> edges_in(const Json& messages);

class EdgeReader {
 public:
  /// Acquires lines and has their edges sent. Throws if that is refused.
  EdgeReader(const std::string& bus_address, uid_t user, const std::vector<std::string>& lines,
             const Settings& settings);

  [[nodiscard]] ClientProcess& client() { return client_; }
  [[nodiscard]] const std::string& lease() const { return lease_; }

  /// What WatchEdges answered: for each line its name, level and last number.
  [[nodiscard]] const Json& standing() const { return standing_; }

  /// Reads what has come. All edges so far, in the order in which they came.
  const std::vector<SeenEdge>& heard();

  /// "rising 1", "falling 2", ... so far.
  std::vector<std::string> words();

  /// For each line how many edges were lost, as the last signal said.
  [[nodiscard]] const Json& lost() const { return lost_; }

 private:
  ClientProcess client_;
  std::string lease_;
  Json standing_;
  std::vector<SeenEdge> heard_;
  Json lost_ = Json::object();
};

}  // namespace gpiobroker::test
