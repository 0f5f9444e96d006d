// SPDX-License-Identifier: GPL-2.0-or-later
// Tells the log once what is wrong with the configuration.
#pragma once

#include <string>
#include <vector>

#include "config/problem.h"

namespace gpiobroker::app {

/// A sentence each.
[[nodiscard]] std::vector<std::string> to_texts(const config::Problems& problems);

class ConfigurationReport {
 public:
  /// Tells the log of what it was not told the last time, or since forget_log(). Returns whether
  /// problems() are others than before.
  bool tell(std::vector<std::string> problems, bool is_wrong);

  /// All is told again: somebody asked for it.
  void forget_log() { logged_.clear(); }

  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::vector<std::string> problems_;
  std::vector<std::string> logged_;  // of those
};

}  // namespace gpiobroker::app
