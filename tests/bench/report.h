// SPDX-License-Identifier: GPL-2.0-or-later
// The outcome as a table for people and as JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "samples.h"

namespace gpiobroker::bench {

struct Measurement {
  std::string name;
  Samples samples;
  double goal = 0;  ///< what the project promises for the median, in the unit; 0: nothing
};

using Measurements = std::vector<Measurement>;

/// What the broker takes, as the kernel counts it (Pss).
struct MemoryUse {
  std::string name;
  double megabytes;
  double goal = 0;
};

/// The first measurement of each kind is the unit that the others are counted in. Kinds without
/// measurements are left out.
struct Report {
  std::string chip;        ///< what was measured on
  Measurements calls;      ///< in pings
  Measurements processes;  ///< in times of `true`
  std::vector<MemoryUse> memory;

  [[nodiscard]] std::string table() const;
  [[nodiscard]] std::string json() const;
};

}  // namespace gpiobroker::bench
