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

/// What is wrong with a line that should be safe now; nothing if it is.
std::optional<std::string> found_unsafe(const ChipSet& chips, LineId line) {
  const auto info = chips.line_info(line);
  if (!info) return info.error().message;
  if (info->settings == kSafeInput) return std::nullopt;
  return described(info->settings);
}

bool configured_together(HeldLines& held, std::span<const LineId> lines) {
  std::vector<SettingsOfLine> settings;
  for (const LineId line : lines) settings.emplace_back(line, kSafeInput);
  return held.configure(settings).has_value();
}

std::optional<std::string> reset_alone(HeldLines& held, const ChipSet& chips, LineId line) {
  const auto done = held.configure_alone(line, kSafeInput);
  return done ? found_unsafe(chips, line) : done.error().message;
}

}  // namespace

std::vector<FailedReset> reset(HeldLines& held, const ChipSet& chips,
                               std::span<const LineId> lines) {
  std::vector<FailedReset> failed;
  for (const auto& group : held.by_request(lines)) {
    const bool together = configured_together(held, group);
    for (const LineId line : group) {
      if (together && !found_unsafe(chips, line)) continue;
      if (auto why = reset_alone(held, chips, line)) {
        held.leave_alone(line);
        failed.push_back({line, std::move(*why)});
      }
    }
  }
  return failed;
}

}  // namespace gpiobroker::core
