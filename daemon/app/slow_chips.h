// SPDX-License-Identifier: GPL-2.0-or-later
// Which chips are slow, for the log and for those who ask what is wrong.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/event_log.h"

namespace gpiobroker::app {

class SlowChips {
 public:
  /// Looks at all chips again, and tells the log of those that have become slow, or are well again.
  /// One that is gone is neither.
  void look(const core::ChipSet& chips, EventLog& log, core::Instant now);

  /// A sentence for each that is slow.
  [[nodiscard]] std::vector<std::string> problems() const;

 private:
  std::map<core::ChipId, std::string> slow_;  // each by what it is called
};

}  // namespace gpiobroker::app
