// SPDX-License-Identifier: LGPL-2.1-or-later
// The one place where what sdbus-c++ throws becomes the library's exception.
#pragma once

#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "gpiobroker/error.h"

namespace gpiobroker::detail {

/// The reason by which a program knows the failure and the sentence that a person needs. `bus` is
/// how messages call the bus: "the system bus".
[[nodiscard]] Error to_error(const sdbus::Error& error, const std::string& bus);

/// The same for a call to a lease, where the lack of it or of its broker is the end of the lease.
[[nodiscard]] Error to_lease_error(const sdbus::Error& error, const std::string& bus);

}  // namespace gpiobroker::detail
