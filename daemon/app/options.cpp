// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the command line with CLI11.
#include "app/options.h"

#include <cstdlib>

#include <CLI/CLI.hpp>

#include "app/state.h"
#include "config/configuration.h"
#include "core/base/text.h"

namespace gpiobroker::app {
namespace {

constexpr int kUsageError = 2;
constexpr int kMostSimulatedLines = 1024;  // as many as the kernel's own simulator takes

SimulatedChipOptions parse_simulated(const std::string& text) {
  const auto colon = text.find(':');
  const int lines = core::number_in(text.substr(0, colon));
  if (lines < 1 || lines > kMostSimulatedLines) {
    throw CLI::ValidationError(
        "--simulate", core::in_quotes(text) + " is not LINES or LINES:LABEL with 1 to 1024 lines");
  }
  return {.line_count = static_cast<std::uint32_t>(lines),
          .label = colon == std::string::npos ? "" : text.substr(colon + 1)};
}

}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  std::vector<std::string> simulated;
  CLI::App app("gpiobrokerd: leases GPIO lines to programs and resets them when those are gone",
               "gpiobrokerd");
  app.set_version_flag("--version", GPIOBROKER_VERSION);
  app.add_option("--address", options.bus_address,
                 "D-Bus address to serve on (default: the system bus)");
  app.add_option("--simulate", simulated,
                 "serve a simulated chip of so many lines instead of the machine's own; repeatable")
      ->type_name("LINES[:LABEL]")
      ->allow_extra_args(false);
  std::string state_folder;
  app.add_option("--state", state_folder,
                 "folder for the ledger of held lines (default: /run/gpiobroker; none for "
                 "simulated chips)");
  std::string config_folder;
  app.add_option("--config", config_folder,
                 "folder with config.json and config.d (default: /etc/gpiobroker; none for "
                 "simulated chips)")
      ->check(CLI::ExistingDirectory);
  app.add_flag("-v,--verbose", options.verbose, "log every call");
  try {
    app.parse(argc, argv);
    for (const std::string& text : simulated) options.simulated.push_back(parse_simulated(text));
    options.config_folder = config_folder;
    if (config_folder.empty() && simulated.empty()) options.config_folder = config::kDefaultFolder;
    options.state_folder = state_folder;
    if (state_folder.empty() && simulated.empty()) options.state_folder = default_state_folder();
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == EXIT_SUCCESS ? EXIT_SUCCESS : kUsageError);
  }
  return options;
}

}  // namespace gpiobroker::app
