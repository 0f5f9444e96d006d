// SPDX-License-Identifier: LGPL-2.1-or-later
// Writes what went wrong to standard error, on one line.
#pragma once

#include <string>
#include <string_view>

namespace gpiobroker::cli {

/// "gpiobroker: message" on one line.
[[nodiscard]] std::string report_of(std::string_view message);

/// Writes that.
void report(std::string_view message);

}  // namespace gpiobroker::cli
