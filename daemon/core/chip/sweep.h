// SPDX-License-Identifier: GPL-2.0-or-later
// Resets the lines that a broker held when it died.
#pragma once

#include <vector>

#include "core/chip/held_lines.h"
#include "core/chip/reset.h"
#include "core/line/safe_states.h"

namespace gpiobroker::core {

struct UnsweptLine {
  LineId line;
  Refusal why;
};

struct Sweep {
  std::vector<LineId> reset;         ///< in their safe state, and given back
  std::vector<LineId> kept;          ///< left as they are, as the administrator wants it
  std::vector<UnsweptLine> unswept;  ///< somebody else has them by now, or a peripheral does, or
                                     ///< the chip said no
  std::vector<FailedReset> stuck;    ///< could not be reset, and are still held
};

/// Takes each line by itself, so that one that somebody else holds does not keep the others from
/// their reset. Lines that nobody wrote down are somebody else's and not touched.
[[nodiscard]] Sweep sweep(HeldLines& held, const SafeStates& lines);

}  // namespace gpiobroker::core
