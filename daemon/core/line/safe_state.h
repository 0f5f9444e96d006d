// SPDX-License-Identifier: GPL-2.0-or-later
// Where a line goes when nobody holds it any more.
#pragma once

#include <cstdint>

#include "core/line/settings.h"

namespace gpiobroker::core {

/// An input that floats, unless the administrator chose otherwise for the line.
struct SafeState {
  enum class Kind : std::uint8_t {
    input,   ///< an input with `bias`
    output,  ///< driven to `value`, a level of the wire: 1 is high, whatever the lease called
             ///< active
    keep,    ///< left as it is: a reset would do more harm than whatever drives it now
  };

  Kind kind = Kind::input;
  Bias bias = Bias::disabled;     ///< of an input: disabled, pull_up or pull_down
  Value value = Value::inactive;  ///< of an output
  bool park = false;              ///< the broker holds on to the line while nobody leases it

  bool operator==(const SafeState&) const = default;
};

/// What a line in this state is configured as. Not to be asked of `keep`, which configures nothing.
[[nodiscard]] constexpr LineSettings settings_of(const SafeState& state) {
  if (state.kind == SafeState::Kind::output) {
    return {.direction = Direction::output, .bias = Bias::disabled, .value = state.value};
  }
  return {.direction = Direction::input, .bias = state.bias};
}

}  // namespace gpiobroker::core
