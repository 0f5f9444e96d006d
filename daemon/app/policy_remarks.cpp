// SPDX-License-Identifier: GPL-2.0-or-later
// Logs only the remarks that are new since the last time.
#include "app/policy_remarks.h"

#include <spdlog/spdlog.h>

#include "core/policy/remarks.h"

namespace gpiobroker::app {

void PolicyRemarks::tell(const core::Broker& broker) {
  std::set<std::string> now = core::remarks(broker.policy(), core::all_lines(broker.board()));
  for (const std::string& remark : now) {
    if (!told_.contains(remark)) spdlog::warn("configuration: {}", remark);
  }
  told_ = std::move(now);
}

}  // namespace gpiobroker::app
