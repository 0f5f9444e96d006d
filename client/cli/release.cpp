// SPDX-License-Identifier: LGPL-2.1-or-later
// One call.
#include "cli/release.h"

#include <memory>

#include "cli/exit_status.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {

void add_release(CLI::App& app, Action& chosen) {
  const auto lines = std::make_shared<std::vector<std::string>>();
  CLI::App* verb =
      app.add_subcommand("release", "give back lines that `acquire` leased; others are left alone");
  verb->add_option("LINE", *lines, "such as GPIO17, J8:11, gpiochip0:17")->required();
  verb->callback([&chosen, lines] {
    chosen = [lines](const CommonOptions& common) {
      Broker(common.address).release(*lines);
      return kOk;
    };
  });
}

}  // namespace gpiobroker::cli
