// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker release: gives lines back.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_release(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
