// SPDX-License-Identifier: GPL-2.0-or-later
// Holds what the daemon is told on its command line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gpiobroker::app {

struct SimulatedChipOptions {
  std::uint32_t line_count = 0;
  std::string label;  ///< empty: as on a Raspberry Pi 4
};

struct Options {
  std::string bus_address;  ///< empty: the system bus
  std::vector<SimulatedChipOptions> simulated;
  std::filesystem::path state_folder;   ///< empty: no ledger, for simulated chips only
  std::filesystem::path config_folder;  ///< empty: no configuration, for simulated chips only
  bool verbose = false;
};

/// Reads the command line. Prints help, version or what is wrong with it and exits, where that is
/// what it comes to.
[[nodiscard]] Options parse_options(int argc, char** argv);

}  // namespace gpiobroker::app
