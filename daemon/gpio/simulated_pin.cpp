// SPDX-License-Identifier: GPL-2.0-or-later
// The level of a pin: the chip's if it drives, else the outside's, else that of the pull.
#include "gpio/simulated_pin.h"

namespace gpiobroker::gpio {

void SimulatedPin::become_output(core::Drive drive, bool high) {
  switch (drive) {
    case core::Drive::push_pull: mode_ = Mode::push_pull; break;
    case core::Drive::open_drain: mode_ = Mode::open_drain; break;
    case core::Drive::open_source: mode_ = Mode::open_source; break;
  }
  told_high_ = high;
}

void SimulatedPin::set_pull(core::Bias pull) {
  switch (pull) {
    case core::Bias::as_is:
    case core::Bias::unknown: return;
    case core::Bias::disabled:
    case core::Bias::pull_up:
    case core::Bias::pull_down: pull_ = pull;
  }
}

core::PinState SimulatedPin::state() const {
  const bool high = drives() ? told_high_ : from_outside_.value_or(pull_ == core::Bias::pull_up);
  return {.driven = drives(), .high = high, .pull = pull_};
}

bool SimulatedPin::drives() const {
  switch (mode_) {
    case Mode::input: return false;
    case Mode::push_pull: return true;
    case Mode::open_drain: return !told_high_;
    case Mode::open_source: return told_high_;
  }
  return false;
}

}  // namespace gpiobroker::gpio
