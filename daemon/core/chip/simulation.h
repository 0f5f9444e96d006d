// SPDX-License-Identifier: GPL-2.0-or-later
// The outside world of a simulated chip: what a wire and a voltmeter are to a real one.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/line/line_id.h"
#include "core/line/settings.h"

namespace gpiobroker::core {

/// What a pin does, whatever anybody believes about its line.
struct PinState {
  bool driven = false;  ///< by the chip
  bool high = false;
  Bias pull = Bias::disabled;  ///< disabled, pull_up or pull_down
};

class Simulation {
 public:
  Simulation() = default;
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;
  virtual ~Simulation() = default;

  /// Puts a level on a pin from outside, or takes it off. An output of the chip wins against it.
  /// Refused: no_such_line.
  virtual Result<void> drive_input(Offset offset, std::optional<bool> high) = 0;

  /// Switches a pin to a function of a peripheral's, as firmware or a driver does; to be a GPIO
  /// line if that is empty. Refused: no_such_line.
  virtual Result<void> select_function(Offset offset, const std::string& function) = 0;

  /// Refused: no_such_line.
  [[nodiscard]] virtual Result<PinState> pin_state(Offset offset) const = 0;
};

}  // namespace gpiobroker::core
