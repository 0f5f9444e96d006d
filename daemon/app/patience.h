// SPDX-License-Identifier: GPL-2.0-or-later
// What keeps a start that fails from being tried, and logged, many times a second.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/startup_error.h"

namespace gpiobroker::app {

/// Where systemd runs the daemon, a step of the start that fails is tried again for some seconds,
/// all steps together, and told of once: systemd writes half a dozen lines for each process that it
/// starts. Who starts the daemon by hand is told at once.
class Patience {
 public:
  /// Does it, as often as it throws StartupError and there is time. Throws what it throws the last
  /// time.
  template <class Step>
  auto with(const Step& step) {
    for (;;) {
      try {
        return step();
      } catch (const StartupError& fault) {
        if (!bears(fault.what())) throw;
      }
    }
  }

 private:
  [[nodiscard]] bool bears(const std::string& why);

  std::string told_;
  std::optional<std::chrono::steady_clock::time_point> end_;
};

}  // namespace gpiobroker::app
