// SPDX-License-Identifier: GPL-2.0-or-later
// Validates JSON by the schema, behind a plain declaration.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace gpiobroker::config {

/// Where in a document: keys and indices from the root down.
using Path = std::vector<std::string>;

/// The places at which a document breaks a schema, and those around them.
[[nodiscard]] std::set<Path> places_that_break(const nlohmann::json& schema,
                                               const nlohmann::json& document);

}  // namespace gpiobroker::config
