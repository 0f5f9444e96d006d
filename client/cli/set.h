// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker set LINE=VALUE...: drives lines until it is told to stop.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_set(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
