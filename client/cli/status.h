// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker status: how the broker is doing.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_status(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
