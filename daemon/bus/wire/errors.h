// SPDX-License-Identifier: GPL-2.0-or-later
// The one place where a refusal becomes a D-Bus error.
#pragma once

#include <cstddef>

#include <sdbus-c++/sdbus-c++.h>

#include "core/base/refusal.h"

namespace gpiobroker::bus {

/// org.gpiobroker1.Error.REASON with the refusal's message.
[[nodiscard]] sdbus::Error to_error(const core::Refusal& refusal);

/// What the bus library itself answers for a path where there is no object. Also the answer to
/// those whom an object does not concern, so that they learn nothing from the difference.
[[nodiscard]] sdbus::Error unknown_object(const sdbus::ObjectPath& path);

/// org.gpiobroker1.Error.UnknownCaller: the bus does not say who calls.
[[nodiscard]] sdbus::Error unknown_caller();

/// org.gpiobroker1.Error.TooManyCalls: too many calls wait for the caller's credentials.
[[nodiscard]] sdbus::Error too_many_calls();

/// org.gpiobroker1.Error.TooLarge: a call brings more bytes than that, of which nothing was looked
/// at.
[[nodiscard]] sdbus::Error too_large(std::size_t most);

/// org.gpiobroker1.Error.Internal: a fault of the broker's own.
[[nodiscard]] sdbus::Error internal_error(const char* what);

/// Whether an error, or an errno, is what sending fails with once the bus is gone.
[[nodiscard]] bool says_that_the_bus_is_gone(const sdbus::Error& error);
[[nodiscard]] bool says_that_the_bus_is_gone(int error);

}  // namespace gpiobroker::bus
