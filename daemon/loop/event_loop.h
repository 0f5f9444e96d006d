// SPDX-License-Identifier: GPL-2.0-or-later
// The one event loop of the daemon: sd-event, owned and with exceptions kept from C frames.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

#include <systemd/sd-event.h>

namespace gpiobroker::loop {

/// Owns an sd-event source: with the object the source leaves the loop.
using Source = std::unique_ptr<sd_event_source, decltype(&sd_event_source_disable_unref)>;

/// Throws std::system_error for a negative errno, as sd-event returns it; passes anything else on.
int checked(int result, const char* what);

class EventLoop {
 public:
  EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  ~EventLoop() { sd_event_unref(event_); }

  [[nodiscard]] sd_event* get() const { return event_; }

  /// Time since boot, suspend included, as of this turn of the loop.
  [[nodiscard]] std::chrono::nanoseconds now() const;

  /// How long this turn has lasted: since the loop woke up for what it is doing now.
  [[nodiscard]] std::chrono::nanoseconds time_in_turn() const;

  /// The number of this turn; nothing while the loop does not run.
  [[nodiscard]] std::optional<std::uint64_t> turn() const;

  /// Runs until exit() and returns its status. What a callback threw is thrown here again.
  int run();

  /// Makes run() return once the callback that is running has returned.
  void exit(int status) { sd_event_exit(event_, status); }

  /// Calls what a source of the loop's is there to call. An exception must not cross the C frames
  /// of sd-event: it ends the loop. Returns what sd-event wants of a handler.
  template <class Callback>
  int guarded(const Callback& callback) {
    try {
      callback();
    } catch (...) {
      fail(std::current_exception());
    }
    return 0;
  }

 private:
  void fail(std::exception_ptr failure);

  sd_event* event_ = nullptr;
  std::exception_ptr failure_;
};

/// Calls back when a signal arrives. The signal is blocked for the process from here on.
class SignalWatch {
 public:
  SignalWatch(EventLoop& loop, int signal, std::function<void()> callback);
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch() = default;

 private:
  static int on_signal(sd_event_source*, const signalfd_siginfo*, void* self);

  EventLoop& loop_;
  std::function<void()> callback_;
  Source source_{nullptr, &sd_event_source_disable_unref};
};

}  // namespace gpiobroker::loop
