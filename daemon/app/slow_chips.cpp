// SPDX-License-Identifier: GPL-2.0-or-later
// Compares which chips are slow with what it found the last time.
#include "app/slow_chips.h"

#include <utility>

namespace gpiobroker::app {

void SlowChips::look(const core::ChipSet& chips, EventLog& log, core::Instant now) {
  const auto before = std::exchange(slow_, {});
  for (const auto& [id, chip] : chips.all()) {
    const bool was_slow = before.contains(id);
    if (chip->is_slow()) slow_[id] = chip->info().name + " (" + chip->info().label + ")";
    if (chip->is_slow() && !was_slow) log.chip_slow(id, now);
    if (!chip->is_slow() && was_slow) log.chip_well(id, now);
  }
}

std::vector<std::string> SlowChips::problems() const {
  std::vector<std::string> problems;
  for (const auto& [id, name] : slow_) {
    problems.push_back("chip " + name +
                       " is slow: it did not answer in time, and calls to it are refused; see "
                       "whether its bus, such as I2C or USB, is in order");
  }
  return problems;
}

}  // namespace gpiobroker::app
