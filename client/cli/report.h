// SPDX-License-Identifier: LGPL-2.1-or-later
// Bad news on standard error, a line each.
#pragma once

#include <string_view>

namespace gpiobroker::cli {

/// Writes "gpiobroker: message" on one line.
void report(std::string_view message);

}  // namespace gpiobroker::cli
