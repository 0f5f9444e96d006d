// SPDX-License-Identifier: GPL-2.0-or-later
// Two phases, and the way back from the second.
#include "core/chip/acquisition.h"

namespace gpiobroker::core {
namespace {

/// Which pull a line had while nobody held it no kernel knows. What was asked for must not stay.
Bias bias_as_found(Bias wanted) {
  return wanted == Bias::as_is ? Bias::as_is : Bias::disabled;
}

/// What a line that was just taken would have to be set to, to be as it was found. The chip is
/// asked while the line is held: of a free one it may say that it is an output which it is no more
/// (LineInfo), and to put that back would be to drive it.
Result<LineSettings> as_found(const HeldLines& held, const ChipSet& chips,
                              const LineWithSettings<LineId>& wanted) {
  const LineId line = wanted.line;
  if (held.applied(line).direction != Direction::as_is) return held.applied(line);
  const auto info = chips.line_info(line);
  if (!info) return Refused(info.error());
  LineSettings found{.direction = info->settings.direction,
                     .bias = bias_as_found(wanted.settings.bias)};
  if (found.direction != Direction::output) return found;
  const auto level = held.get(std::span(&line, 1));
  if (!level) return Refused(level.error());
  found.value = level->front();
  return found;
}

Result<std::vector<LineWithSettings<LineId>>> all_as_found(
    const HeldLines& held, const ChipSet& chips, std::span<const LineWithSettings<LineId>> wanted) {
  std::vector<LineWithSettings<LineId>> found;
  for (const auto& each : wanted) {
    const auto settings = as_found(held, chips, each);
    if (!settings) return Refused(settings.error());
    found.push_back({each.line, *settings});
  }
  return found;
}

/// Returns the lines that could be neither put back nor reset.
std::vector<FailedReset> put_back(HeldLines& held, const ChipSet& chips, const SafeStates& states,
                                  std::span<const LineWithSettings<LineId>> found) {
  std::vector<LineId> lines;
  for (const auto& entry : found) lines.push_back(entry.line);
  std::vector<FailedReset> stuck = reset(held, chips, states, held.restore(found));
  for (const FailedReset& each : stuck) std::erase(lines, each.line);
  held.give_back_as_found(lines);
  return stuck;
}

}  // namespace

Result<void> take_configured(HeldLines& held, const ChipSet& chips, const SafeStates& states,
                             std::span<const LineWithSettings<LineId>> wanted,
                             std::string_view consumer, const WriteDown& write_down,
                             std::vector<FailedReset>& stuck) {
  std::vector<LineId> lines;
  for (const auto& entry : wanted) lines.push_back(entry.line);
  if (auto taken = held.take(lines, consumer); !taken) return taken;
  const auto found = all_as_found(held, chips, wanted);
  if (!found) {
    held.give_back_as_found(lines);
    return Refused(found.error());
  }
  if (auto written = write_down(); !written) {
    held.give_back_as_found(lines);
    return written;
  }
  auto done = held.configure(wanted);
  if (!done) stuck = put_back(held, chips, states, *found);
  return done;
}

}  // namespace gpiobroker::core
