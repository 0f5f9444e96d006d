// SPDX-License-Identifier: LGPL-2.1-or-later
// How the broker is doing.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gpiobroker {

/// What is there now, and what was counted since the broker started. A newer broker may have more
/// reasons and errors.
struct Status {
  std::string version;
  std::vector<std::string> problems = {};  ///< with the broker as a whole, a sentence each
  std::uint32_t leases = 0;
  std::vector<std::string> quarantined_lines;  ///< paths of lines that are held back
  std::uint64_t leases_granted = 0;
  std::map<std::string, std::uint64_t> leases_ended;  ///< by reason, such as "holder-gone"
  std::uint64_t leases_opened = 0;                    ///< directly
  std::uint64_t resets_repeated = 0;  ///< of lines that somebody configured after a direct lease
  std::uint64_t lines_reset = 0;
  std::uint64_t failed_resets = 0;
  std::chrono::microseconds slowest_reset{0};
  std::uint64_t edges = 0;                             ///< of leased lines, each once
  std::uint64_t edges_lost = 0;                        ///< by leases that wanted them
  std::map<std::string, std::uint64_t> calls_refused;  ///< by error, such as "Busy"
  std::uint64_t send_failures = 0;                     ///< messages that the bus did not take
};

}  // namespace gpiobroker
