// SPDX-License-Identifier: GPL-2.0-or-later
// Waits for the end of what a file descriptor stands for.
#pragma once

#include <functional>

#include "loop/event_loop.h"

namespace gpiobroker::loop {

/// Calls back once, when a process is gone (a pidfd, pidfd_open(2)) or when nobody has the other
/// end of a pipe or socket any more. Data that comes meanwhile is left where it is.
class EndWatch {
 public:
  enum class Of { process, peer };

  /// The descriptor stays the caller's, and open as long as this lives.
  EndWatch(EventLoop& loop, int fd, Of what, std::function<void()> ended);
  EndWatch(const EndWatch&) = delete;
  EndWatch& operator=(const EndWatch&) = delete;
  ~EndWatch() = default;

 private:
  static int on_event(sd_event_source*, int, std::uint32_t, void* self);

  EventLoop& loop_;
  std::function<void()> ended_;
  Source source_{nullptr, &sd_event_source_disable_unref};
};

}  // namespace gpiobroker::loop
