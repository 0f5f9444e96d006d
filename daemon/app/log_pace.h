// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a user from filling the log.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "core/base/instant.h"

namespace gpiobroker::app {

/// Each user may cause 10 lines a second, and 100 at once after a quiet time, unless other numbers
/// are given; instead of users there may be other things that have numbers. What is beyond that is
/// counted, and told with the user's next line. Users do not share: one that floods the log does
/// not keep what others do out of it.
class LogPace {
 public:
  LogPace() = default;

  /// A line each `per_line`, and so many at once after a quiet time.
  LogPace(core::Instant per_line, unsigned at_once)
      : per_line_(per_line), most_at_once_(at_once * per_line) {}

  /// Nothing if the line is to be left out; else how many were since the user's last line.
  std::optional<std::uint64_t> admit(std::uint32_t uid, core::Instant now);

  /// How many users it remembers: those who were busy of late, or have lines left out.
  [[nodiscard]] std::size_t size() const { return users_.size(); }

 private:
  struct User {
    core::Instant full_at{0};    // when it may again cause the most at once
    std::uint64_t left_out = 0;  // lines since the last one that was let through
  };

  void forget_quiet_users(core::Instant now);

  core::Instant per_line_ = std::chrono::milliseconds(100);
  core::Instant most_at_once_ = 100 * per_line_;
  std::map<std::uint32_t, User> users_;  // user id: its use of the log
};

}  // namespace gpiobroker::app
