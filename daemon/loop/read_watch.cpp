// SPDX-License-Identifier: GPL-2.0-or-later
// Is level-triggered: what was not read is told of again.
#include "loop/read_watch.h"

#include <sys/epoll.h>

namespace gpiobroker::loop {
namespace {

// A storm of data must not keep the loop from the end of a client.
constexpr std::int64_t kPriority = SD_EVENT_PRIORITY_NORMAL + 10;

}  // namespace

ReadWatch::ReadWatch(EventLoop& loop, int fd, std::function<void()> readable)
    : loop_(loop), readable_(std::move(readable)) {
  sd_event_source* source = nullptr;
  checked(sd_event_add_io(loop.get(), &source, fd, EPOLLIN, on_event, this),
          "cannot watch a file descriptor");
  source_.reset(source);
  checked(sd_event_source_set_priority(source, kPriority), "cannot set a priority");
}

int ReadWatch::on_event(sd_event_source* source, int, std::uint32_t events, void* self) {
  auto& watch = *static_cast<ReadWatch*>(self);
  if ((events & (EPOLLHUP | EPOLLERR)) != 0) sd_event_source_set_enabled(source, SD_EVENT_OFF);
  return watch.loop_.guarded(watch.readable_);
}

}  // namespace gpiobroker::loop
