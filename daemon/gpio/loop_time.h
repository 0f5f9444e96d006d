// SPDX-License-Identifier: GPL-2.0-or-later
// Limits how much of the event loop's time all chips together may take.
#pragma once

#include <chrono>
#include <deque>
#include <functional>

#include "core/base/instant.h"

namespace gpiobroker::gpio {

/// What was taken of the time before now, as far back as a window goes.
class TimeTaken {
 public:
  void note(core::Instant now, core::Instant time);
  [[nodiscard]] core::Instant within(core::Instant now, core::Instant window);
  [[nodiscard]] bool is_empty() const { return entries_.empty(); }

 private:
  struct Entry {
    core::Instant at;
    core::Instant time;
  };
  std::deque<Entry> entries_;
  core::Instant sum_{0};  // of the entries
};

/// How long calls to chips are waited for.
struct WaitingLimits {
  std::chrono::milliseconds call;    ///< for a call
  std::chrono::milliseconds sum;     ///< for all calls of a window
  std::chrono::milliseconds window;  ///< in which that counts
};

/// While others are served: less than is noticed, and in sum a part of what the watchdog allows.
inline constexpr WaitingLimits kWhileServing{.call = std::chrono::milliseconds(250),
                                             .sum = std::chrono::seconds(1),
                                             .window = std::chrono::seconds(4)};
/// While nobody is served yet, or ever, as by gpiobroker-reset: less than systemd waits.
inline constexpr WaitingLimits kUnhurried{.call = std::chrono::seconds(2),
                                          .sum = std::chrono::seconds(5),
                                          .window = std::chrono::seconds(60)};

/// What a call may take when the sum is used up: enough for a healthy chip on a busy machine.
inline constexpr std::chrono::milliseconds kLeastWait{50};

class LoopTime {
 public:
  using Clock = std::function<core::Instant()>;

  /// `limits` says which are in force now.
  LoopTime(std::function<WaitingLimits()> limits, Clock clock)
      : limits_(std::move(limits)), clock_(std::move(clock)) {}

  /// On the system's monotonic clock.
  explicit LoopTime(std::function<WaitingLimits()> limits);

  [[nodiscard]] core::Instant now() const { return clock_(); }
  [[nodiscard]] WaitingLimits limits() const { return limits_(); }

  /// How long the next call may be waited for. At least kLeastWait, or all that a call may take if
  /// that is less: chips that are slow leave so much to those that are not.
  [[nodiscard]] std::chrono::milliseconds allowance();

  /// A call was waited for so long, in vain. What comes in time does not count: on a machine that
  /// is too busy every call takes long, and no chip is to be called slow for it.
  void note_late(core::Instant waited) { taken_.note(now(), waited); }

 private:
  std::function<WaitingLimits()> limits_;
  Clock clock_;
  TimeTaken taken_;
};

}  // namespace gpiobroker::gpio
