// SPDX-License-Identifier: GPL-2.0-or-later
// Takes lines and applies their settings: all of it on every chip, or nothing at all.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/chip/held_lines.h"
#include "core/chip/reset.h"

namespace gpiobroker::core {

using WriteDown = std::function<Result<void>()>;

/// Takes every line as it is on every chip first, so that a line that cannot be had is found
/// before any line is changed; then applies the settings. Where a chip refuses those, the lines
/// are put back as they were found and given back. A line that cannot even be put back is reset;
/// if that fails as well it is added to `stuck`, still held, for quarantine.
///
/// `write_down` is called when every line is had and none is changed yet; what it refuses refuses
/// the acquisition.
///
/// "As found" is what the kernel knows: direction, and the level of an output. It does not know
/// the bias of a line that nobody has requested, so a bias that was applied before another line
/// failed stays.
[[nodiscard]] Result<void> take_configured(HeldLines& held, const ChipSet& chips,
                                           const SafeStates& states,
                                           std::span<const LineWithSettings<LineId>> wanted,
                                           std::string_view consumer, const WriteDown& write_down,
                                           std::vector<FailedReset>& stuck);

}  // namespace gpiobroker::core
