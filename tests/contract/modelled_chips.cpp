// SPDX-License-Identifier: GPL-2.0-or-later
// The contract, over the chips that need no kernel: the simulated one, and the tests' fake.
#include "contract/chip_contract.h"
#include "gpio/simulated_chip.h"
#include "support/fake_chip.h"
#include "support/must.h"

namespace gpiobroker::test {
namespace {

class SimulatedBench : public ChipBench {
 public:
  core::Chip& chip() override { return *chip_; }
  void drive(Offset line, bool high) override {
    must(chip_->simulation()->drive_input(line, high));
  }
  [[nodiscard]] bool is_high(Offset line) const override {
    return chip_->simulation()->pin_state(line).value().high;
  }
  void unplug() override { throw std::logic_error("a simulated chip cannot be unplugged"); }

 private:
  std::unique_ptr<core::Chip> chip_ = gpio::make_simulated_chip(0, kLineCount, kLabel);
};

class FakeBench : public ChipBench {
 public:
  core::Chip& chip() override { return *chip_; }
  void drive(Offset line, bool high) override { fake_.drive(line, high); }
  [[nodiscard]] bool is_high(Offset line) const override { return fake_.pin(line).high; }
  void unplug() override { fake_.remove(); }

 private:
  FakeChip fake_{{.name = "gpiochip0", .label = kLabel, .path = "", .line_count = kLineCount}};
  std::unique_ptr<core::Chip> chip_ = fake_.attachable();
};

template <class Bench>
BenchKind kind(const std::string& name) {
  return {name, []() -> std::unique_ptr<ChipBench> { return std::make_unique<Bench>(); }};
}

INSTANTIATE_TEST_SUITE_P(Modelled, AChip,
                         testing::Values(kind<SimulatedBench>("simulated"),
                                         kind<FakeBench>("fake")),
                         testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(Modelled, AnEdgeOfAChip,
                         testing::Values(kind<SimulatedBench>("simulated"),
                                         kind<FakeBench>("fake")),
                         testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(Modelled, ARemovableChip, testing::Values(kind<FakeBench>("fake")),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace gpiobroker::test
