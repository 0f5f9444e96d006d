// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker leases: who holds which lines.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_leases(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
