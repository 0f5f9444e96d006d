// SPDX-License-Identifier: LGPL-2.1-or-later
// What the verbs print with --json.
#pragma once

#include <nlohmann/json.hpp>

#include "gpiobroker/inventory.h"

namespace gpiobroker::cli {

/// Keeps keys in the order in which they are written.
using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const LeaseInfo& lease);

/// A line with the lease that it is in, or null for none.
[[nodiscard]] Json to_json(const LineInfo& line, const Inventory& inventory);

/// Writes to standard output, on one line.
void print(const Json& json);

}  // namespace gpiobroker::cli
