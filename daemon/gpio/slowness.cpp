// SPDX-License-Identifier: GPL-2.0-or-later
// Decides when a chip is slow, how long it is left alone, and what proves it well.
#include "gpio/slowness.h"

#include <algorithm>

namespace gpiobroker::gpio {
namespace {

using namespace std::chrono_literals;

constexpr core::Instant kFirstDelay = 1s;
constexpr core::Instant kLongestDelay = 30s;

/// Expanders on I2C and USB take some milliseconds a call, and are served as often as one likes.
constexpr core::Instant kLongCall = 100ms;

/// After this time a chip counts as well, even if nobody has again made a call of the kind that was
/// late.
constexpr core::Instant kForgottenAfter = 60s;

}  // namespace

void Slowness::late(CallKind kind, core::Instant waited, core::Instant now) {
  leave_alone(kind, waited, now);
}

void Slowness::in_time(CallKind kind, core::Instant took, const WaitingLimits& limits,
                       core::Instant now) {
  if (took >= kLongCall) {
    long_calls_.note(now, took);
    if (long_calls_.within(now, limits.window) >= limits.sum) return leave_alone(kind, took, now);
  }
  if (!late_kind_ || !proves_health(kind, now)) return;
  late_kind_.reset();
  delay_ = 0s;
}

/// Whether a call of this kind touches the hardware: only such a call can prove that a chip is
/// well.
bool Slowness::proves_health(CallKind kind, core::Instant now) const {
  if (kind == late_kind_) return true;
  if (kind == CallKind::look) return false;
  return late_kind_ == CallKind::look || now - since_ >= kForgottenAfter;
}

void Slowness::leave_alone(CallKind kind, core::Instant took, core::Instant now) {
  late_kind_ = kind;
  since_ = now - took;
  delay_ = std::clamp(delay_ * 2, kFirstDelay, kLongestDelay);
  ask_again_at_ = now + delay_;
}

std::optional<core::Instant> Slowness::rest(core::Instant now) const {
  if (!late_kind_ || now >= ask_again_at_) return std::nullopt;
  return ask_again_at_ - now;
}

}  // namespace gpiobroker::gpio
