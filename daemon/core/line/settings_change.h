// SPDX-License-Identifier: GPL-2.0-or-later
// A change of some of a line's settings: those that somebody named.
#pragma once

#include "core/line/settings.h"

namespace gpiobroker::core {

struct SettingsChange {
  std::optional<Direction> direction = {};
  std::optional<Edge> edge = {};
  std::optional<Bias> bias = {};
  std::optional<Drive> drive = {};
  std::optional<bool> active_low = {};
  std::optional<EventClock> event_clock = {};
  std::optional<std::chrono::microseconds> debounce = {};
  std::optional<Value> value = {};

  /// What a line with these settings has after the change. An output that stays one keeps its
  /// level; a line that is no output any more loses it.
  [[nodiscard]] LineSettings applied_to(const LineSettings& now) const;
};

}  // namespace gpiobroker::core
