// SPDX-License-Identifier: GPL-2.0-or-later
// The test's end of the chip.
#include "support/fake_chip.h"

#include <stdexcept>

#include "gpio/simulated_names.h"
#include "support/fake_chip_adapter.h"

namespace gpiobroker::test {

FakeChip::FakeChip(core::ChipInfo info, std::shared_ptr<FakeRecord> record,
                   const std::vector<std::string>& names)
    : state_(std::make_shared<FakeState>(
          FakeState{.info = std::move(info),
                    .lines = std::make_shared<gpio::SimulatedLines>(names),
                    .record = std::move(record)})) {}

FakeChip::FakeChip(core::ChipInfo info, std::shared_ptr<FakeRecord> record)
    : FakeChip(info, std::move(record), gpio::simulated_names(info.label, info.line_count)) {}

FakeChip::FakeChip(core::ChipInfo info)
    : FakeChip(std::move(info), std::make_shared<FakeRecord>()) {}

std::unique_ptr<core::Chip> FakeChip::attachable() const {
  state_->news.clear();  // each broker opens the chip for itself, and hears what comes after that
  state_->apart.clear();
  return std::make_unique<FakeChipAdapter>(state_);
}

void FakeChip::lie(core::Offset line, const core::LineSettings& settings) {
  state_->lies[line] = settings;
}

void FakeChip::lie_while_free(core::Offset line, const core::LineSettings& settings) {
  state_->lies_while_free[line] = settings;
}

void FakeChip::use_from_outside(core::Offset line, const std::string& consumer) {
  state_->lines->take(line, consumer, {});
}

void FakeChip::give_back_from_outside(core::Offset line) {
  state_->lines->give_back(line);
}

void FakeChip::leave(core::Offset line, const core::LineSettings& settings) {
  state_->lines->configure(line, settings);
  state_->lines->give_back(line);
}

void FakeChip::switch_pin(core::Offset line, const std::string& function) {
  if (!state_->lines->select_function(line, function)) throw std::out_of_range("no such line");
}

void FakeChip::claim_pin(core::Offset line, const std::string& function) {
  state_->claims[line] = function;
}

core::PinUse FakeChip::pin_use(core::Offset line) const {
  return FakeChipAdapter(state_).pin_use(line).value();
}

core::PinState FakeChip::pin(core::Offset line) const {
  return state_->lines->pin_state(line).value();
}

void FakeChip::drive(core::Offset line, std::optional<bool> high) {
  if (!state_->lines->drive_input(line, high)) throw std::out_of_range("no such line");
}

FakeDuplicate FakeChip::duplicate(core::Offset line) const {
  auto request = state_->handed_out.at(line).lock();
  if (request == nullptr) throw std::out_of_range("no such request");
  return FakeDuplicate(std::move(request));
}

core::ChipInfo raspberry_pi_info() {
  return {.name = "gpiochip0", .label = "pinctrl-bcm2711", .path = "", .line_count = 54};
}

core::ChipInfo expander_info() {
  return {.name = "gpiochip1", .label = "gpio-expander", .path = "", .line_count = 8};
}

}  // namespace gpiobroker::test
