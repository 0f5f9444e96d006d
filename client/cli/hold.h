// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker hold LINE[=VALUE]... -- COMMAND: runs a command with lines held for it.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_hold(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
