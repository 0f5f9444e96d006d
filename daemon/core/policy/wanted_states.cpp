// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the policy about every line.
#include "core/policy/wanted_states.h"

namespace gpiobroker::core {

SafeStates wanted_states(const Policy& policy, const Board& board) {
  SafeStates states;
  for (const auto& [id, chip] : board.chips().all()) {
    for (std::uint32_t offset = 0; offset < chip->info().line_count; ++offset) {
      const LineId line{id, Offset{offset}};
      const SafeState state = policy.safe_state(board.directory().facts_of(line));
      if (state != SafeState{}) states.set(line, state);
    }
  }
  return states;
}

}  // namespace gpiobroker::core
