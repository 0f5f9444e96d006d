// SPDX-License-Identifier: GPL-2.0-or-later
// A one-shot timer of the event loop.
#pragma once

#include <chrono>
#include <functional>

#include "loop/event_loop.h"

namespace gpiobroker::loop {

/// Calls back once for each time it is set. Setting it again before that moves it.
class Timer {
 public:
  Timer(EventLoop& loop, std::function<void()> callback);
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer() = default;

  /// Fires at this time of EventLoop::now(), or in the next turn if that has passed.
  void set(std::chrono::nanoseconds at);

  void cancel();

 private:
  static int on_time(sd_event_source*, std::uint64_t, void* self);

  EventLoop& loop_;
  std::function<void()> callback_;
  Source source_{nullptr, &sd_event_source_disable_unref};
};

}  // namespace gpiobroker::loop
