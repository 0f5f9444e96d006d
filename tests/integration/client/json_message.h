// SPDX-License-Identifier: GPL-2.0-or-later
// D-Bus values from and to JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "client/checked.h"

namespace gpiobroker::test_client {

using Json = nlohmann::json;

/// Appends an array of values, one for each type of the signature. Dictionaries are objects, other
/// containers arrays, a variant is an object of its signature and its value.
void append(sd_bus_message* message, const std::string& signature, const Json& values);

/// Everything in a message, as an array. A variant stands for what is in it.
[[nodiscard]] Json read_all(sd_bus_message* message);

}  // namespace gpiobroker::test_client
