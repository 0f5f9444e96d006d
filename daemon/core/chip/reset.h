// SPDX-License-Identifier: GPL-2.0-or-later
// Puts lines into their safe state and makes sure of it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/chip/held_lines.h"
#include "core/line/safe_states.h"

namespace gpiobroker::core {

struct FailedReset {
  LineId line;
  std::string why;  ///< what the chip said, or what its line was found to be instead
};

/// Configures held lines as their safe states say, verifies each with what the chip says of it
/// afterwards, and returns those for which that did not work out. A line that is to be kept as it
/// is stays as it is. Holds on to all of them: to close the kernel request is up to the caller,
/// after this, and only for the lines that are safe.
///
/// Lines of one kernel request go in one step; where that fails, one by one, so that a line that
/// cannot be reset does not keep its neighbours from it. Lines of slow chips come last.
[[nodiscard]] std::vector<FailedReset> reset(HeldLines& held, const SafeStates& states,
                                             std::span<const LineId> lines);

}  // namespace gpiobroker::core
