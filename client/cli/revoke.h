// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker revoke: ends somebody's lease.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_revoke(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
