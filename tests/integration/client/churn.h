// SPDX-License-Identifier: GPL-2.0-or-later
// A busy client that dies at a moment it does not know.
#pragma once

#include <string>
#include <vector>

#include "client/connection.h"

namespace gpiobroker::test_client {

/// Acquires, sets and releases lines, in an order that the seed gives, until SIGKILL comes by a
/// timer so many microseconds after the start.
[[noreturn]] void churn(Connection& connection, const std::vector<std::string>& lines,
                        unsigned seed, unsigned microseconds);

}  // namespace gpiobroker::test_client
