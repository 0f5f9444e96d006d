// SPDX-License-Identifier: GPL-2.0-or-later
// Runs sd-event, and ends it on the signals that ask for it.
#include "loop/event_loop.h"

#include <csignal>
#include <ctime>
#include <system_error>

namespace gpiobroker::loop {

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
  return result;
}

EventLoop::EventLoop() {
  checked(sd_event_new(&event_), "cannot make an event loop");
}

std::chrono::nanoseconds EventLoop::now() const {
  std::uint64_t usec = 0;
  checked(sd_event_now(event_, CLOCK_BOOTTIME, &usec), "cannot read the clock");
  return std::chrono::microseconds(usec);
}

std::chrono::nanoseconds EventLoop::time_in_turn() const {
  timespec time{};
  checked(clock_gettime(CLOCK_BOOTTIME, &time), "cannot read the clock");
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec) - now();
}

/// What is done before the loop waits is a turn of its own, though sd-event counts it with the one
/// after: it may wait for long.
std::optional<std::uint64_t> EventLoop::turn() const {
  const int state = sd_event_get_state(event_);
  if (state != SD_EVENT_RUNNING && state != SD_EVENT_PREPARING) return std::nullopt;
  std::uint64_t number = 0;
  checked(sd_event_get_iteration(event_, &number), "cannot count turns");
  return 2 * number + (state == SD_EVENT_RUNNING ? 1 : 0);
}

int EventLoop::run() {
  const int status = checked(sd_event_loop(event_), "the event loop failed");
  if (failure_) std::rethrow_exception(failure_);
  return status;
}

void EventLoop::fail(std::exception_ptr failure) {
  failure_ = std::move(failure);
  exit(EXIT_FAILURE);
}

SignalWatch::SignalWatch(EventLoop& loop, int signal, std::function<void()> callback)
    : loop_(loop), callback_(std::move(callback)) {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, signal);
  checked(-pthread_sigmask(SIG_BLOCK, &mask, nullptr), "cannot block a signal");
  sd_event_source* source = nullptr;
  checked(sd_event_add_signal(loop.get(), &source, signal, on_signal, this),
          "cannot watch a signal");
  source_.reset(source);
}

int SignalWatch::on_signal(sd_event_source*, const signalfd_siginfo*, void* self) {
  auto& watch = *static_cast<SignalWatch*>(self);
  return watch.loop_.guarded(watch.callback_);
}

}  // namespace gpiobroker::loop
