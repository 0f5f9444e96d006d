// SPDX-License-Identifier: GPL-2.0-or-later
// Reads what the kernel counts for the broker's process.
#include <cstdlib>
#include <fstream>

#include "measure.h"

namespace gpiobroker::bench {
namespace {

constexpr double kManyLeasesGoal = 12;  // megabytes, with 992 of 1,024 lines
constexpr int kManyLeases = 992;

/// In kB, as everything in that file; 0 if it cannot be read.
double pss_of(const std::string& process) {
  std::ifstream file("/proc/" + process + "/smaps_rollup");
  for (std::string word; file >> word;) {
    double kilobytes = 0;
    if (word == "Pss:" && file >> kilobytes) return kilobytes;
  }
  return 0;
}

}  // namespace

std::vector<MemoryUse> measure_memory(const std::string& when, double goal) {
  const char* const broker = std::getenv("GPIOBROKER_PID");
  if (broker == nullptr) return {};
  return {{when, pss_of(broker) / 1024, goal}};
}

std::vector<MemoryUse> measure_leases(const BrokerClient& client, int leases) {
  for (int line = 0; line < leases; ++line) {
    (void)client.acquire("gpiochip0:" + std::to_string(line), 1);
  }
  client.ping();  // behind all that the last of them has left to do
  return measure_memory("with " + std::to_string(leases) + " leases of a line each",
                        leases == kManyLeases ? kManyLeasesGoal : 0);
}

}  // namespace gpiobroker::bench
