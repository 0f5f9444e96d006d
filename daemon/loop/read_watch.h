// SPDX-License-Identifier: GPL-2.0-or-later
// Waits for something to read.
#pragma once

#include <functional>

#include "loop/event_loop.h"

namespace gpiobroker::loop {

/// Calls back, in each turn of the loop, as long as there is something to read; after everything
/// else that is due in that turn. Stops when the descriptor's other side is gone.
class ReadWatch {
 public:
  /// The descriptor stays the caller's, and open as long as this lives.
  ReadWatch(EventLoop& loop, int fd, std::function<void()> readable);
  ReadWatch(const ReadWatch&) = delete;
  ReadWatch& operator=(const ReadWatch&) = delete;
  ~ReadWatch() = default;

 private:
  static int on_event(sd_event_source* source, int, std::uint32_t events, void* self);

  EventLoop& loop_;
  std::function<void()> readable_;
  Source source_{nullptr, &sd_event_source_disable_unref};
};

}  // namespace gpiobroker::loop
