// SPDX-License-Identifier: GPL-2.0-or-later
// Which safe state each line has: the administrator's choice, else a floating input.
#pragma once

#include <map>

#include "core/line/line_id.h"
#include "core/line/safe_state.h"

namespace gpiobroker::core {

class SafeStates {
 public:
  void set(LineId line, const SafeState& state) { chosen_[line] = state; }

  [[nodiscard]] SafeState of(LineId line) const {
    const auto chosen = chosen_.find(line);
    return chosen == chosen_.end() ? SafeState{} : chosen->second;
  }

  [[nodiscard]] bool keeps(LineId line) const { return of(line).kind == SafeState::Kind::keep; }
  [[nodiscard]] bool parks(LineId line) const { return of(line).park; }

  /// The lines for which something was chosen.
  [[nodiscard]] const std::map<LineId, SafeState>& chosen() const { return chosen_; }

 private:
  std::map<LineId, SafeState> chosen_;
};

}  // namespace gpiobroker::core
