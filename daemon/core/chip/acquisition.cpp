// SPDX-License-Identifier: GPL-2.0-or-later
// Finds out what lines were before it changes one, so that there is a way back.
#include "core/chip/acquisition.h"

namespace gpiobroker::core {
namespace {

/// The bias to go back to. No kernel knows which pull a line had while nobody held it, but the one
/// that was asked for must not stay.
Bias bias_as_found(Bias wanted) {
  return wanted == Bias::as_is ? Bias::as_is : Bias::disabled;
}

/// What a line that was just taken would have to be set to, to be as it was found. The chip is
/// asked while the line is held: of a free line it may say that it is an output although it no
/// longer is one (LineInfo), and to put that back would be to drive the line.
Result<LineSettings> as_found(const HeldLines& held, const LineWithSettings<LineId>& wanted) {
  const LineId line = wanted.line;
  if (held.applied(line).direction != Direction::as_is) return held.applied(line);
  const auto info = held.chips().line_info(line);
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
    const HeldLines& held, std::span<const LineWithSettings<LineId>> wanted) {
  std::vector<LineWithSettings<LineId>> found;
  for (const auto& each : wanted) {
    const auto settings = as_found(held, each);
    if (!settings) return Refused(settings.error());
    found.push_back({each.line, *settings});
  }
  return found;
}

/// Returns the lines that could be neither put back nor reset.
std::vector<FailedReset> put_back(HeldLines& held, const SafeStates& states,
                                  std::span<const LineWithSettings<LineId>> found) {
  std::vector<LineId> lines = lines_of<LineId>(found);
  std::vector<FailedReset> stuck = reset(held, states, held.restore(found));
  for (const FailedReset& each : stuck) std::erase(lines, each.line);
  held.give_back_as_found(lines);
  return stuck;
}

}  // namespace

Result<std::vector<LineWithSettings<LineId>>> take_as_found(
    HeldLines& held, std::span<const LineWithSettings<LineId>> wanted, const HowToTake& how) {
  const std::vector<LineId> lines = lines_of<LineId>(wanted);
  if (auto taken = held.take(lines, how.consumer, how.sharing); !taken)
    return Refused(taken.error());
  auto found = all_as_found(held, wanted);
  if (!found) held.give_back_as_found(lines);
  return found;
}

Configured configure_or_put_back(HeldLines& held, const SafeStates& states,
                                 std::span<const LineWithSettings<LineId>> wanted,
                                 std::span<const LineWithSettings<LineId>> found) {
  auto done = held.configure(wanted);
  if (done) return {.done = {}};
  return {.done = std::move(done), .stuck = put_back(held, states, found)};
}

}  // namespace gpiobroker::core
