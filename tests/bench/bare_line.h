// SPDX-License-Identifier: GPL-2.0-or-later
// A line of the kernel's in the benchmark's own hands: what a broker's calls are compared with.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <linux/gpio.h>

#include "harness/file_descriptor.h"
#include "samples.h"

namespace gpiobroker::bench {

/// A line by its request's descriptor. Everything throws std::system_error.
class BareLine {
 public:
  enum class Use { output, edges };

  BareLine(const std::string& device, unsigned offset, Use use);

  /// A request of the kernel's for one line that somebody else has made.
  explicit BareLine(test::FileDescriptor request) : request_(std::move(request)) {}

  void set(int value) const;
  [[nodiscard]] int get() const;

  /// Waits for the next edge: how long ago it was, by the kernel's time of it.
  [[nodiscard]] Microseconds wait_edge() const;

 private:
  test::FileDescriptor request_;
};

/// Makes edges on a line of gpio-sim by its pull, from outside.
class SimulatedPull {
 public:
  SimulatedPull(const std::string& device, unsigned offset);

  /// To the other level.
  void toggle();

 private:
  test::FileDescriptor attribute_;
  bool is_up_ = false;
};

/// How long ago that was, in nanoseconds of the monotonic clock.
[[nodiscard]] Microseconds since(std::uint64_t time);

}  // namespace gpiobroker::bench
