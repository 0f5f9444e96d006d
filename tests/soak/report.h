// SPDX-License-Identifier: GPL-2.0-or-later
// What came out of a storm, as a table.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/samples.h"
#include "footprint.h"

namespace gpiobroker::soak {

struct Outcome {
  std::chrono::seconds duration{};
  unsigned killed = 0;
  unsigned killed_in_call = 0;
  std::size_t most_leases = 0;  ///< at a time
  std::uint64_t calls = 0;
  std::uint64_t grants = 0;
  std::uint64_t edges = 0;
  std::uint64_t taken_over = 0;  ///< lines that the next holder looked at first
  bench::Samples alone;          ///< from SIGKILL to safe, of clients killed one at a time
  bench::Samples in_waves;       ///< of those killed several at once
  bench::Samples pings;
  unsigned bound_ms = 0;        ///< 0: none
  unsigned beyond_bound = 0;    ///< clients whose lines took longer
  double slowest_reset_ms = 0;  ///< what the broker says of itself
  Footprint before;
  Footprint after;
  std::vector<std::string> faults;  ///< what did not hold; empty: everything did
};

[[nodiscard]] std::string table(const Outcome& outcome);

}  // namespace gpiobroker::soak
