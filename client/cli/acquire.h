// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker acquire: leases lines for longer than the command runs.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_acquire(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
