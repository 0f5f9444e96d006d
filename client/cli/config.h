// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker config check FILE_OR_FOLDER...: whether a configuration is right, without a broker.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_config(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
