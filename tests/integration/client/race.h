// SPDX-License-Identifier: GPL-2.0-or-later
// A client among many that want the same line, and when it had it.
#pragma once

#include "client/connection.h"

namespace gpiobroker::test_client {

/// Acquires and releases a line until it has had it so many times. Returns, for each time, the two
/// moments in nanoseconds, on a clock that all processes share, between which it surely was the
/// holder; and how often it was refused.
[[nodiscard]] Json race(Connection& connection, const std::string& line, unsigned times);

}  // namespace gpiobroker::test_client
