// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker monitor LINE...: edges as they come.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_monitor(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
