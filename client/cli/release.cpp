// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb release: gives lines back in one call.
#include "cli/verbs.h"

#include <memory>

#include "cli/exit_status.h"
#include "cli/lease_options.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {

void add_release(Verb& root) {
  const auto lines = std::make_shared<std::vector<std::string>>();
  Verb verb =
      root.add_verb("release", "give back lines that `acquire` leased; others are left alone");
  verb.add("LINE", *lines, "such as GPIO17, J8:11, gpiochip0:17").required().checked(refuse_value);
  verb.does([lines](const CommonOptions& common) {
    Broker(common.address).release(*lines);
    return kOk;
  });
}

}  // namespace gpiobroker::cli
