// SPDX-License-Identifier: GPL-2.0-or-later
// Tells the log where the policy speaks of lines that are not here.
#pragma once

#include <set>
#include <string>

#include "core/broker/broker.h"

namespace gpiobroker::app {

/// Writes each of core::remarks() when it becomes true, and not again as long as it stays so.
class PolicyRemarks {
 public:
  /// After a change of the policy or of the chips.
  void tell(const core::Broker& broker);

  /// The next tell() tells everything: somebody has read the configuration anew.
  void tell_again() { told_.clear(); }

 private:
  std::set<std::string> told_;
};

}  // namespace gpiobroker::app
