// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker info LINE...: everything about lines.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_info(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
