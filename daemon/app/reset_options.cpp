// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the command line with CLI11.
#include "app/reset_options.h"

#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>

#include "app/state.h"

namespace gpiobroker::app {

std::filesystem::path parse_reset_options(int argc, char** argv) {
  constexpr int kWrongUse = 2;
  std::string folder = default_state_folder();
  CLI::App app("gpiobroker-reset: resets the GPIO lines that a broker left behind when it died",
               "gpiobroker-reset");
  app.set_version_flag("--version", GPIOBROKER_VERSION);
  app.add_option("--state", folder, "folder of the ledger")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == EXIT_SUCCESS ? EXIT_SUCCESS : kWrongUse);
  }
  return folder;
}

}  // namespace gpiobroker::app
