// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the chip what a pin does, and words the refusal.
#include "core/chip/peripheral.h"

namespace gpiobroker::core {

std::optional<PinUse> pin_use(const ChipSet& chips, LineId line) {
  return chips.at(line.chip).pin_use(line.offset);
}

std::string peripheral_of(const ChipSet& chips, LineId line) {
  const auto use = pin_use(chips, line);
  return use ? use->function : "";
}

Result<void> check_no_peripheral(const HeldLines& held, LineId line) {
  if (held.in_use(line)) return {};
  const std::string function = peripheral_of(held.chips(), line);
  if (function.empty()) return {};
  return Refused(serves_peripheral(held.chips(), line, function));
}

Refusal serves_peripheral(const ChipSet& chips, LineId line, const std::string& function) {
  return {.reason = Reason::serves_peripheral,
          .field = "lines",
          .message = "line " + chips.describe(line) + " serves a peripheral, as " + function +
                     ", which would lose its pin for good: who wants the line all the same "
                     "acquires it with \"take-from-peripheral\""};
}

}  // namespace gpiobroker::core
