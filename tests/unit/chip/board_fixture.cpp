// SPDX-License-Identifier: GPL-2.0-or-later
// Attaching and looking.
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {

BoardTest::BoardTest() {
  board_.attach(pi_.attachable());
  board_.attach(expander_.attachable());
  record_->forget();
}

bool BoardTest::is_safe(LineId line) {
  const core::PinState state = pin(line);
  return !state.driven && state.pull == core::Bias::disabled;
}

Entries BoardTest::record() {
  const Entries entries = record_->all();
  record_->forget();
  return entries;
}

Entries BoardTest::changes() {
  const Entries entries = record_->changes();
  record_->forget();
  return entries;
}

}  // namespace gpiobroker::test
