// SPDX-License-Identifier: GPL-2.0-or-later
// Answers with the chip as it is now, and drives the pins of simulated chips.
#include "bus/objects/chip_object.h"

#include "bus/wire/errors.h"
#include "bus/wire/names.h"

namespace gpiobroker::bus {
namespace {

constexpr std::int32_t kTakeOff = -1;

std::optional<bool> level_from(std::int32_t value) {
  if (value == kTakeOff) return std::nullopt;
  if (value == 0 || value == 1) return value == 1;
  throw to_error({core::Reason::invalid_value, "value",
                  "value " + std::to_string(value) + " is not accepted: 0, 1, or -1 for none"});
}

const char* word_for_pull(core::Bias pull) {
  if (pull == core::Bias::pull_up) return "up";
  return pull == core::Bias::pull_down ? "down" : "none";
}

}  // namespace

ChipObject::ChipObject(sdbus::IConnection& connection, const core::Chip& chip)
    : AdaptorInterfaces(connection, chip_path(chip.info())), chip_(chip) {
  registerAdaptor();
}

SimulationObject::SimulationObject(sdbus::IConnection& connection, core::Chip& chip)
    : AdaptorInterfaces(connection, chip_path(chip.info())), pins_(*chip.simulation()) {
  registerAdaptor();
}

void SimulationObject::DriveInput(const std::uint32_t& offset, const std::int32_t& value) {
  const auto done = pins_.drive_input(core::Offset{offset}, level_from(value));
  if (!done) throw to_error(done.error());
}

void SimulationObject::SelectFunction(const std::uint32_t& offset, const std::string& function) {
  const auto done = pins_.select_function(core::Offset{offset}, function);
  if (!done) throw to_error(done.error());
}

std::tuple<bool, std::int32_t, Text> SimulationObject::ReadPin(const std::uint32_t& offset) {
  const auto pin = pins_.pin_state(core::Offset{offset});
  if (!pin) throw to_error(pin.error());
  return {pin->driven, pin->high ? 1 : 0, word_for_pull(pin->pull)};
}

}  // namespace gpiobroker::bus
