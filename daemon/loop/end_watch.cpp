// SPDX-License-Identifier: GPL-2.0-or-later
// A pidfd becomes readable; a pipe or socket reports a hang-up, or for its reader's end an error,
// whether one asked for that or not (epoll_ctl(2)).
#include "loop/end_watch.h"

#include <sys/epoll.h>

namespace gpiobroker::loop {

EndWatch::EndWatch(EventLoop& loop, int fd, Of what, std::function<void()> ended)
    : loop_(loop), ended_(std::move(ended)) {
  sd_event_source* source = nullptr;
  const std::uint32_t events = what == Of::process ? std::uint32_t{EPOLLIN} : 0U;
  checked(sd_event_add_io(loop.get(), &source, fd, events, on_event, this),
          "cannot watch a file descriptor");
  source_.reset(source);
}

int EndWatch::on_event(sd_event_source* source, int, std::uint32_t, void* self) {
  auto& watch = *static_cast<EndWatch*>(self);
  sd_event_source_set_enabled(source, SD_EVENT_OFF);
  const auto ended = watch.ended_;  // it may end the watch, and with it what is called
  return watch.loop_.guarded(ended);
}

}  // namespace gpiobroker::loop
