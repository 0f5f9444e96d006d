// SPDX-License-Identifier: GPL-2.0-or-later
// Holds what gpiobroker-reset is told on its command line.
#pragma once

#include <filesystem>

namespace gpiobroker::app {

/// The folder of the ledger. Prints help, version or what is wrong and exits, where that is what
/// the command line comes to.
[[nodiscard]] std::filesystem::path parse_reset_options(int argc, char** argv);

}  // namespace gpiobroker::app
