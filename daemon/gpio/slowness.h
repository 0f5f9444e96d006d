// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a chip is slow, and when it may be asked again: a circuit breaker.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.h"
#include "gpio/loop_time.h"

namespace gpiobroker::gpio {

/// What a call is for. A chip may be slow in one and quick in the others: a line's info never
/// touches the hardware.
enum class CallKind { look, take, configure, read, set, close };

/// Told of every call to a chip and how it went. A call that did not come back in time makes the
/// chip slow, and so do many together that took long. A slow chip is left alone for a time, which
/// doubles each time that it was slow again; it is well once a call of the kind that was late comes
/// back in time, or long after, one of another.
class Slowness {
 public:
  void late(CallKind kind, core::Instant waited, core::Instant now);
  void in_time(CallKind kind, core::Instant took, const WaitingLimits& limits, core::Instant now);

  [[nodiscard]] bool is_slow() const { return late_kind_.has_value(); }

  /// When the call was made that made it so.
  [[nodiscard]] core::Instant since() const { return since_; }

  /// How long it is still to be left alone; nothing if it may be asked.
  [[nodiscard]] std::optional<core::Instant> rest(core::Instant now) const;

 private:
  [[nodiscard]] bool proves_health(CallKind kind, core::Instant now) const;
  void leave_alone(CallKind kind, core::Instant took, core::Instant now);

  std::optional<CallKind> late_kind_;  // none: it is well
  core::Instant since_{0};
  core::Instant delay_{0};
  core::Instant ask_again_at_{0};
  TimeTaken long_calls_;
};

}  // namespace gpiobroker::gpio
