// SPDX-License-Identifier: GPL-2.0-or-later
// What a bare Ping of the broker takes while the storm goes on.
#pragma once

#include <mutex>
#include <string>
#include <thread>

#include "bench/samples.h"

namespace gpiobroker::soak {

/// Pings from a thread and a connection of its own, some ten times a second, until it is destroyed.
class Pings {
 public:
  explicit Pings(const std::string& address);

  /// So far; at least one.
  [[nodiscard]] bench::Samples samples() const;

  /// Why it stopped, if a ping failed; else empty.
  [[nodiscard]] std::string problem() const;

 private:
  void add(bench::Microseconds time);

  mutable std::mutex mutex_;
  bench::Samples samples_;
  std::string problem_;
  std::jthread thread_;
};

}  // namespace gpiobroker::soak
