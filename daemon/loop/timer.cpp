// SPDX-License-Identifier: GPL-2.0-or-later
// Uses the clock that goes on through a suspend.
#include "loop/timer.h"

namespace gpiobroker::loop {
namespace {

// sd-event may fire this much late to save wake-ups.
constexpr std::uint64_t kAccuracyUsec = 1000;

}  // namespace

Timer::Timer(EventLoop& loop, std::function<void()> callback)
    : loop_(loop), callback_(std::move(callback)) {
  sd_event_source* source = nullptr;
  checked(sd_event_add_time(loop.get(), &source, CLOCK_BOOTTIME, 0, kAccuracyUsec, on_time, this),
          "cannot make a timer");
  source_.reset(source);
  cancel();
}

void Timer::set(std::chrono::nanoseconds at) {
  const auto usec = std::chrono::ceil<std::chrono::microseconds>(at).count();
  checked(sd_event_source_set_time(source_.get(), static_cast<std::uint64_t>(usec)),
          "cannot set a timer");
  checked(sd_event_source_set_enabled(source_.get(), SD_EVENT_ONESHOT), "cannot arm a timer");
}

void Timer::cancel() {
  checked(sd_event_source_set_enabled(source_.get(), SD_EVENT_OFF), "cannot cancel a timer");
}

int Timer::on_time(sd_event_source*, std::uint64_t, void* self) {
  auto& timer = *static_cast<Timer*>(self);
  return timer.loop_.guarded(timer.callback_);
}

}  // namespace gpiobroker::loop
