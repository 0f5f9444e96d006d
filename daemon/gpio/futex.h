// SPDX-License-Identifier: GPL-2.0-or-later
// A number that a thread can wait for to change: futex(2).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace gpiobroker::gpio {

/// A condition variable would do, but takes three times the system calls for a hand-over of work
/// and back, and so most of the time of one. What a thread sees of others after a wait is what was
/// done before the change.
class Futex {
 public:
  Futex() = default;
  Futex(const Futex&) = delete;
  Futex& operator=(const Futex&) = delete;
  ~Futex() = default;

  [[nodiscard]] std::uint32_t value() const { return value_; }

  /// Changes the number, and wakes everybody who waits. A system call only if somebody does.
  void change();

  /// Waits while the number is what was seen; may return without a change.
  void wait(std::uint32_t seen);

  /// The same, but not longer than that. False: it was as long, by the monotonic clock.
  [[nodiscard]] bool wait(std::uint32_t seen, std::chrono::milliseconds longest);

 private:
  std::atomic<std::uint32_t> value_{0};
  std::atomic<std::uint32_t> waiting_{0};  // threads
};

}  // namespace gpiobroker::gpio
