// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobrokerd: hands out leases on GPIO lines over D-Bus and resets the lines of who is gone.
#include <cstdlib>
#include <exception>

#include <spdlog/spdlog.h>

#include "app/daemon.h"
#include "app/journal.h"
#include "app/options.h"

int main(int argc, char** argv) {
  using namespace gpiobroker::app;
  const Options options = parse_options(argc, argv);
  set_up_log(options.verbose);
  try {
    return Daemon(options).run();
  } catch (const std::exception& fault) {
    spdlog::critical("{}", fault.what());
    return EXIT_FAILURE;
  }
}
