// SPDX-License-Identifier: GPL-2.0-or-later
// Uses timerfd_create(2), since the loop watches a timer's descriptor like any other.
#include "gpio/wake_up.h"

#include <cstdint>
#include <tuple>
#include <utility>

#include <sys/timerfd.h>
#include <unistd.h>

namespace gpiobroker::gpio {

WakeUp::WakeUp(EdgeSource& loop, std::function<void()> call)
    : fd_(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)), call_(std::move(call)) {
  if (fd_ >= 0) watch_ = loop.watch(fd_, [this] { ring(); });
}

WakeUp::~WakeUp() {
  watch_.reset();
  if (fd_ >= 0) close(fd_);
}

/// Sets the timer, to 1 ns at least: zero would stop it.
void WakeUp::after(std::chrono::microseconds time) const {
  using std::chrono::nanoseconds;
  using std::chrono::seconds;
  const auto whole = std::chrono::floor<seconds>(time);
  const itimerspec at{
      .it_interval = {},
      .it_value = {.tv_sec = whole.count(), .tv_nsec = nanoseconds(time - whole).count() + 1}};
  timerfd_settime(fd_, 0, &at, nullptr);
}

void WakeUp::ring() {
  std::uint64_t count = 0;
  if (read(fd_, &count, sizeof count) == sizeof count) call_();
}

}  // namespace gpiobroker::gpio
