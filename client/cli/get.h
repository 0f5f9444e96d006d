// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker get LINE...: levels, without a lease.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_get(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
