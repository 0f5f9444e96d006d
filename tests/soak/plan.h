// SPDX-License-Identifier: GPL-2.0-or-later
// How long, how many.
#pragma once

#include <chrono>

namespace gpiobroker::soak {

struct Plan {
  std::chrono::seconds duration{3600};
  unsigned clients = 10'000;  ///< to be killed in the middle of a call
  unsigned leases = 1000;     ///< at a time, over all clients
  unsigned processes = 64;    ///< clients at a time
  unsigned pause_ms = 400;    ///< of a client between two acts: so long at most
  unsigned bound_ms = 1000;   ///< from SIGKILL to safe lines; 0: none
  unsigned seed = 20261125;

  [[nodiscard]] unsigned lines_each() const { return (leases + processes - 1) / processes; }
  [[nodiscard]] unsigned pool_chip() const { return processes; }
  /// Few enough that clients wait for each other.
  [[nodiscard]] unsigned pool_lines() const { return processes / 8 + 1; }
  [[nodiscard]] unsigned chips() const { return processes + 1; }
};

}  // namespace gpiobroker::soak
