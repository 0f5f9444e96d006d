// SPDX-License-Identifier: GPL-2.0-or-later
// Takes lines, then applies their settings: all of them on every chip, or nothing at all.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/chip/held_lines.h"
#include "core/chip/reset.h"

namespace gpiobroker::core {

/// What the kernel shows as the lines' consumer, and whether their requests may serve others too.
struct HowToTake {
  std::string_view consumer;
  HeldLines::Sharing sharing = HeldLines::Sharing::common;
};

/// The first step: takes every line as it is on every chip, so that a line that cannot be had is
/// found before any line is changed. Returns the lines in the order in which they are wanted, each
/// with what it would have to be set to, to be as it was found.
///
/// "As found" is what the kernel knows: direction, and the level of an output. It does not know
/// the bias of a line that nobody has requested, so a bias that is applied before another line
/// fails stays.
[[nodiscard]] Result<std::vector<LineWithSettings<LineId>>> take_as_found(
    HeldLines& held, std::span<const LineWithSettings<LineId>> wanted, const HowToTake& how);

/// What became of lines that were to be configured.
struct Configured {
  Result<void> done;
  std::vector<FailedReset> stuck = {};  ///< could be neither put back nor reset, and are still held
};

/// The second step: applies the settings to lines that were taken. Where a chip refuses them, all
/// lines are put back as they were found, and given back. A line that cannot even be put back is
/// reset; if that fails as well it is stuck, for quarantine.
[[nodiscard]] Configured configure_or_put_back(HeldLines& held, const SafeStates& states,
                                               std::span<const LineWithSettings<LineId>> wanted,
                                               std::span<const LineWithSettings<LineId>> found);

}  // namespace gpiobroker::core
