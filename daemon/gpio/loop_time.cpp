// SPDX-License-Identifier: GPL-2.0-or-later
// Adds up, over a sliding window, the time that late calls cost the event loop.
#include "gpio/loop_time.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::gpio {

using std::chrono::milliseconds;

void TimeTaken::note(core::Instant now, core::Instant time) {
  entries_.push_back({now, time});
  sum_ += time;
}

core::Instant TimeTaken::within(core::Instant now, core::Instant window) {
  while (!entries_.empty() && entries_.front().at < now - window) {
    sum_ -= entries_.front().time;
    entries_.pop_front();
  }
  return sum_;
}

LoopTime::LoopTime(std::function<WaitingLimits()> limits)
    : LoopTime(std::move(limits),
               [] { return std::chrono::steady_clock::now().time_since_epoch(); }) {}

milliseconds LoopTime::allowance() {
  const WaitingLimits limits = limits_();
  if (taken_.is_empty()) return limits.call;  // without asking for the time, as nearly always
  const auto taken = std::chrono::duration_cast<milliseconds>(taken_.within(now(), limits.window));
  const milliseconds left = std::max(limits.sum - taken, kLeastWait);
  return std::min(limits.call, left);
}

}  // namespace gpiobroker::gpio
