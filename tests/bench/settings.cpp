// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the command line.
#include "settings.h"

#include <cstdlib>
#include <filesystem>

#include <CLI/CLI.hpp>

namespace gpiobroker::bench {

std::string line_after(const Settings& settings, unsigned distance) {
  const std::string chip = std::filesystem::path(settings.device).filename();
  return (chip.empty() ? "gpiochip0" : chip) + ":" + std::to_string(settings.offset + distance);
}

Settings parse(int argc, char** argv) {
  Settings settings;
  CLI::App app("Times a broker's calls against a bare Ping");
  app.add_option("--address", settings.address, "the bus");
  app.add_option("--line", settings.line, "the line to use");
  app.add_option("--chip", settings.chip, "what to call the chip in the report");
  app.add_option("--json", settings.json_file, "where to write the report as JSON");
  app.add_option("--device", settings.device, "the kernel's chip with that line, a gpio-sim");
  app.add_option("--offset", settings.offset, "of the line on that chip");
  app.add_option("--gpio-manager", settings.gpio_manager, "libgpiod's D-Bus daemon, to compare");
  app.add_option("--gpio-tools", settings.tools, "the folder of libgpiod's commands");
  app.add_option("--rounds", settings.rounds, "how often to call each method");
  app.add_option("--edges", settings.edges, "how many edges to make for each way to hear of them");
  app.add_option("--victims", settings.victims, "how many clients to kill");
  app.add_option("--starts", settings.starts, "how often to start each command");
  app.add_option("--leases", settings.leases, "measure memory with so many leases, nothing else");
  app.add_option("--median-of", settings.reports, "print the median of earlier reports");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  return settings;
}

}  // namespace gpiobroker::bench
