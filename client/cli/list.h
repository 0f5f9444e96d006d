// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker list [CHIP]: every line, what it is and who has it.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_list(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
