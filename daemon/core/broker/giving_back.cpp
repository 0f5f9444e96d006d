// SPDX-License-Identifier: GPL-2.0-or-later
// Sorts the lines by their safe states.
#include "core/broker/giving_back.h"

namespace gpiobroker::core {

void give_back(BrokerState& state, const std::vector<LineId>& lines) {
  std::vector<LineId> parked;
  std::vector<LineId> kept;
  std::vector<LineId> free;
  for (const LineId line : lines) {
    if (state.safe_states.parks(line)) {
      parked.push_back(line);
    } else {
      (state.safe_states.keeps(line) ? kept : free).push_back(line);
    }
  }
  state.held.park(parked);
  state.parked.insert(parked.begin(), parked.end());
  state.held.give_back_as_found(kept);
  state.held.give_back(free);
}

}  // namespace gpiobroker::core
