// SPDX-License-Identifier: GPL-2.0-or-later
// Reconfigure and verify, together first, then one by one.
#include "core/reset.h"

#include <optional>

#include "core/vocabulary.h"

namespace gpiobroker::core {
namespace {

std::string described(const LineSettings& found) {
  return "after the reset the line says direction " + std::string(to_word(found.direction)) +
         ", bias " + std::string(to_word(found.bias)) + ", edge " +
         std::string(to_word(found.edge));
}

/// What is wrong with a line that should be safe now; nothing if it is. Line info has no level.
std::optional<std::string> found_unsafe(const ChipSet& chips, LineId line, LineSettings wanted) {
  const auto info = chips.line_info(line);
  if (!info) return info.error().message;
  wanted.value.reset();
  if (info->settings == wanted) return std::nullopt;
  return described(info->settings);
}

bool configured_together(HeldLines& held, const SafeStates& states, std::span<const LineId> lines) {
  std::vector<SettingsOfLine> settings;
  for (const LineId line : lines) settings.emplace_back(line, settings_of(states.of(line)));
  return held.configure(settings).has_value();
}

std::optional<std::string> reset_alone(HeldLines& held, const ChipSet& chips, LineId line,
                                       const LineSettings& wanted) {
  const auto done = held.configure_alone(line, wanted);
  return done ? found_unsafe(chips, line, wanted) : done.error().message;
}

std::vector<LineId> without_kept(const SafeStates& states, std::span<const LineId> lines) {
  std::vector<LineId> others;
  for (const LineId line : lines) {
    if (!states.keeps(line)) others.push_back(line);
  }
  return others;
}

}  // namespace

std::vector<FailedReset> reset(HeldLines& held, const ChipSet& chips, const SafeStates& states,
                               std::span<const LineId> lines) {
  std::vector<FailedReset> failed;
  for (const auto& group : held.by_request(without_kept(states, lines))) {
    const bool together = configured_together(held, states, group);
    for (const LineId line : group) {
      const LineSettings wanted = settings_of(states.of(line));
      if (together && !found_unsafe(chips, line, wanted)) continue;
      if (auto why = reset_alone(held, chips, line, wanted)) {
        held.leave_alone(line);
        failed.push_back({line, std::move(*why)});
      }
    }
  }
  return failed;
}

}  // namespace gpiobroker::core
