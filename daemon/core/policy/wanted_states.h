// SPDX-License-Identifier: GPL-2.0-or-later
// Tells which safe state the policy wants for each line of this board.
#pragma once

#include "core/chip/board.h"
#include "core/line/safe_states.h"
#include "core/policy/policy.h"

namespace gpiobroker::core {

/// The safe state that the policy wants for each line of the chips that are attached now.
[[nodiscard]] SafeStates wanted_states(const Policy& policy, const Board& board);

}  // namespace gpiobroker::core
