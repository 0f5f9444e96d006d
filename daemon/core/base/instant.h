// SPDX-License-Identifier: GPL-2.0-or-later
// Time, as the core is told it.
#pragma once

#include <chrono>

namespace gpiobroker::core {

/// A moment on a clock that never goes back and starts anywhere. The core has none: it is told.
using Instant = std::chrono::nanoseconds;

}  // namespace gpiobroker::core
