// SPDX-License-Identifier: GPL-2.0-or-later
// A client that tries whether a lease that it was never given will do what it says.
#pragma once

#include "client/connection.h"

namespace gpiobroker::test_client {

/// Releases the leases of so many numbers, and asks to have them passed on to itself. Returns how
/// often it was answered with which error, and with "" for none.
[[nodiscard]] Json guess(Connection& connection, std::uint64_t first, std::uint64_t count);

}  // namespace gpiobroker::test_client
