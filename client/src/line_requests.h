// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptors of requests to the kernel, that several threads use until one of them lets go of all.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <linux/gpio.h>
#include <sdbus-c++/sdbus-c++.h>
#include <sys/types.h>

#include "gpiobroker/error.h"

namespace gpiobroker::detail {

/// Calls are by the number of a request and the bits of its lines, as the kernel counts them; none
/// takes memory. All but let_go() are for any thread at any time; once it was called they throw
/// what it was given. They throw Error: NotAnOutput, ChipGone, HardwareFailure.
class LineRequests {
 public:
  /// Has reads of the requests not wait from now on, whoever has a duplicate. Throws Error.
  explicit LineRequests(std::vector<sdbus::UnixFd> requests);
  LineRequests(const LineRequests&) = delete;
  LineRequests& operator=(const LineRequests&) = delete;
  ~LineRequests() = default;

  [[nodiscard]] std::size_t size() const { return requests_.size(); }

  void set(std::size_t request, std::uint64_t bits, std::uint64_t mask) const;
  [[nodiscard]] std::uint64_t get(std::size_t request, std::uint64_t mask) const;

  /// Throws also InvalidSetting, Unsupported.
  void configure(std::size_t request, gpio_v2_line_config config) const;

  /// How many of the events that have come it has filled in.
  [[nodiscard]] std::size_t read(std::size_t request, std::span<gpio_v2_line_event> room) const;

  /// Returns when there are events, when the time is over, or without a reason. Negative: for ever.
  void wait(std::chrono::milliseconds time) const;

  /// Readable while there are events, or once let_go() was called.
  [[nodiscard]] int descriptor() const { return events_.get(); }

  /// Has the process have none of the requests any more but for calls that are under way. The
  /// numbers of the descriptors stay taken, so that who uses them meets nobody else's file. Called
  /// a second time it does nothing.
  void let_go(const Error& why);

  [[nodiscard]] bool is_over() const { return over_.load(); }
  void check() const;

 private:
  [[nodiscard]] int of(std::size_t request) const { return requests_.at(request).get(); }
  [[noreturn]] void fail(const char* what, int number) const;
  void watch(int fd) const;

  std::vector<sdbus::UnixFd> requests_;
  sdbus::UnixFd harmless_;    // answers no call of theirs, and takes their places
  sdbus::UnixFd end_;         // readable once let_go() was called
  sdbus::UnixFd events_;      // an epoll of the requests and the end
  pid_t owner_;               // a child shares the epoll and the end with it
  std::optional<Error> why_;  // written before over_ is set, read after
  std::atomic<bool> over_ = false;
};

}  // namespace gpiobroker::detail
