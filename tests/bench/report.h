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
  double most_pings = 0;  ///< what the project promises for the median; 0: nothing
};

/// The first measurement is the ping that the others are divided by.
struct Report {
  std::string chip;  ///< what was measured on
  std::vector<Measurement> measurements;

  [[nodiscard]] std::string table() const;
  [[nodiscard]] std::string json() const;
};

}  // namespace gpiobroker::bench
