// SPDX-License-Identifier: GPL-2.0-or-later
// Configures the lines of a request together and verifies them; then one by one, where that fails.
#include "core/chip/reset.h"

#include <algorithm>
#include <optional>

#include "core/line/vocabulary.h"

namespace gpiobroker::core {
namespace {

std::string described(const LineSettings& found) {
  return "after the reset the line says direction " + std::string(to_word(found.direction)) +
         ", bias " + std::string(to_word(found.bias)) + ", edge " +
         std::string(to_word(found.edge));
}

/// Checks that a line is safe by what the chip says of it, which includes no level.
Result<void> verify(const ChipSet& chips, LineId line, LineSettings wanted) {
  const auto info = chips.line_info(line);
  if (!info) return Refused(info.error());
  wanted.value.reset();
  if (info->settings == wanted) return {};
  return refuse(Reason::hardware_failure, "lines", described(info->settings));
}

Result<void> configure_together(HeldLines& held, const SafeStates& states,
                                std::span<const LineId> lines) {
  std::vector<LineWithSettings<LineId>> settings;
  for (const LineId line : lines) settings.push_back({line, settings_of(states.of(line))});
  return held.configure(settings, HeldLines::Purpose::safety);
}

Result<void> reset_alone(HeldLines& held, LineId line, const LineSettings& wanted) {
  auto done = held.configure_alone(line, wanted);
  return done ? verify(held.chips(), line, wanted) : done;
}

/// Whether the chip is merely slow: it has not failed and goes on, and to ask it more would only
/// take longer.
bool is_slow(const Result<void>& done) {
  return !done && done.error().reason == Reason::chip_slow;
}

std::vector<LineId> without_kept(const SafeStates& states, std::span<const LineId> lines) {
  std::vector<LineId> others;
  for (const LineId line : lines) {
    if (!states.keeps(line)) others.push_back(line);
  }
  return others;
}

}  // namespace

std::vector<FailedReset> reset(HeldLines& held, const SafeStates& states,
                               std::span<const LineId> lines) {
  const ChipSet& chips = held.chips();
  std::vector<FailedReset> failed;
  auto groups = held.by_request(without_kept(states, lines));
  std::stable_partition(groups.begin(), groups.end(),
                        [&](const auto& group) { return !chips.is_slow(group.front()); });
  for (const auto& group : groups) {
    const auto together = configure_together(held, states, group);
    for (const LineId line : group) {
      const LineSettings wanted = settings_of(states.of(line));
      auto done = together ? verify(chips, line, wanted) : together;
      if (!done && !is_slow(done)) done = reset_alone(held, line, wanted);
      if (done) continue;
      held.leave_alone(line);
      failed.push_back({line, done.error().message});
    }
  }
  return failed;
}

}  // namespace gpiobroker::core
