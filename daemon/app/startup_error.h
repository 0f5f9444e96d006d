// SPDX-License-Identifier: GPL-2.0-or-later
// Why the daemon cannot start, in one sentence for the one who started it.
#pragma once

#include <stdexcept>

namespace gpiobroker::app {

/// The message says what is wrong and what to do about it.
class StartupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gpiobroker::app
