// SPDX-License-Identifier: GPL-2.0-or-later
// What all boards have in common.
#include "harness/board.h"

namespace gpiobroker::test {
namespace {

const char* word_for(Pull pull) {
  switch (pull) {
    case Pull::none: return "no pull";
    case Pull::up: return "pull-up";
    case Pull::down: return "pull-down";
    case Pull::unknown: return "pull unknown";
  }
  return "?";
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const PinState& state) {
  return out << (state.driven ? "driven " : "not driven, ") << (state.high ? "high" : "low") << ", "
             << word_for(state.pull);
}

bool is_safe(const PinState& state) {
  return !state.driven && (state.pull == Pull::none || state.pull == Pull::unknown);
}

}  // namespace gpiobroker::test
