// SPDX-License-Identifier: GPL-2.0-or-later
// The contract, over the kernel's chip. Runs as root where configfs and gpio-sim are.
#include "contract/chip_contract.h"
#include "gpio/kernel_chip.h"
#include "gpio/simulated_names.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

class KernelBench : public ChipBench {
 public:
  core::Chip& chip() override { return *chip_; }
  void drive(Offset line, bool high) override { sim_.pull(line, high); }
  [[nodiscard]] bool is_high(Offset line) const override { return sim_.is_high(line); }
  void unplug() override { sim_.unplug(); }

 private:
  GpioSim sim_{{.label = kLabel, .names = gpio::simulated_names(kLabel, kLineCount)}};
  std::unique_ptr<core::Chip> chip_ = std::move(gpio::KernelChip::open(sim_.device()).value());
};

BenchKind kernel() {
  return {"kernel", []() -> std::unique_ptr<ChipBench> { return std::make_unique<KernelBench>(); }};
}

INSTANTIATE_TEST_SUITE_P(GpioSim, AChip, testing::Values(kernel()),
                         testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(GpioSim, AnEdgeOfAChip, testing::Values(kernel()),
                         testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(GpioSim, ARemovableChip, testing::Values(kernel()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace gpiobroker::test
