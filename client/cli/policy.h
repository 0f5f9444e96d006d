// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker policy explain USER LINE VERB: who may do what, and why.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/verb.h"

namespace gpiobroker::cli {

void add_policy(CLI::App& app, Action& chosen);

}  // namespace gpiobroker::cli
