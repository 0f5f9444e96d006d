// SPDX-License-Identifier: GPL-2.0-or-later
// Calls back after a time, by way of the event loop.
#pragma once

#include <chrono>
#include <functional>

#include "gpio/edge_source.h"

namespace gpiobroker::gpio {

/// One at a time: to ask for another time replaces the one before.
class WakeUp {
 public:
  /// The loop outlives it. Where the system gives no timer nothing is called.
  WakeUp(EdgeSource& loop, std::function<void()> call);
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;
  ~WakeUp();

  void after(std::chrono::microseconds time) const;

  /// Whether the system has given a timer.
  [[nodiscard]] bool works() const { return fd_ >= 0; }

 private:
  void ring();

  int fd_;
  std::function<void()> call_;
  EdgeSource::Watch watch_;
};

}  // namespace gpiobroker::gpio
