// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the settings that were named in place of those that are.
#include "core/line/settings_change.h"

namespace gpiobroker::core {

LineSettings SettingsChange::applied_to(const LineSettings& now) const {
  const bool names_direction = direction && direction != Direction::as_is;
  LineSettings next{
      .direction = names_direction ? *direction : now.direction,
      .edge = edge.value_or(now.edge),
      .bias = bias.value_or(now.bias),
      .drive = drive.value_or(now.drive),
      .active_low = active_low.value_or(now.active_low),
      .event_clock = event_clock.value_or(now.event_clock),
      .debounce = debounce.value_or(now.debounce),
      .value = value,
  };
  const bool stays_output = next.direction == Direction::output;
  if (!value && stays_output) next.value = now.value;
  return next;
}

}  // namespace gpiobroker::core
