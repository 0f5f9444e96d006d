// SPDX-License-Identifier: GPL-2.0-or-later
// A pin of a simulated chip, as a wire and a voltmeter know it.
#pragma once

#include <optional>

#include "core/chip/simulation.h"

namespace gpiobroker::gpio {

/// Keeps doing what it was last told, whoever has its line and whether anybody has it: the hard
/// truth of a Raspberry Pi 5. Levels are those on the wire.
class SimulatedPin {
 public:
  void become_input() { mode_ = Mode::input; }
  void become_output(core::Drive drive, bool high);

  /// The level of an output; an input takes no notice.
  void set(bool high) { told_high_ = high; }

  /// Pulls, or stops pulling. `as_is` changes nothing.
  void set_pull(core::Bias pull);

  /// Puts a level on the pin from outside, or takes it off.
  void attach(std::optional<bool> high) { from_outside_ = high; }

  [[nodiscard]] bool is_output() const { return mode_ != Mode::input; }
  [[nodiscard]] core::PinState state() const;

 private:
  enum class Mode { input, push_pull, open_drain, open_source };

  [[nodiscard]] bool drives() const;

  Mode mode_ = Mode::input;
  bool told_high_ = false;
  core::Bias pull_ = core::Bias::disabled;
  std::optional<bool> from_outside_;
};

}  // namespace gpiobroker::gpio
