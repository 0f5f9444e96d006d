// SPDX-License-Identifier: GPL-2.0-or-later
// Lets time pass for a turn, as the event loop does where nothing else happens.
#pragma once

#include "turn/turn.h"

namespace gpiobroker::test {

/// Until nothing is left to follow.
inline void follow_up(turn::Turn& turn, core::Instant now) {
  while (turn.wants_follow_up()) turn.follow_up(now);
}

/// Each timer goes off when it is set to, with nothing to be read just then. `now` moves along, for
/// listeners that look at it.
inline void pass_time(turn::Turn& turn, core::Instant& now, core::Instant end) {
  for (auto due = turn.next_due(); due && *due <= end; due = turn.next_due()) {
    now = *due;
    turn.on_time(now);
    follow_up(turn, now);
    turn.on_quiet(now);
    follow_up(turn, now);
  }
  now = end;
}

}  // namespace gpiobroker::test
