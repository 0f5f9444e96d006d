// SPDX-License-Identifier: GPL-2.0-or-later
// Chips of the kernel's own simulator, looked at past the broker.
#include <array>

#include "gpio/simulated_names.h"
#include "harness/board.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

GpioSim::Setup chip_with(const std::string& label, std::uint32_t line_count) {
  return {.label = label, .names = gpio::simulated_names(label, line_count)};
}

class KernelBoard : public Board {
 public:
  /// A daemon without arguments serves every chip of the machine.
  [[nodiscard]] std::vector<std::string> daemon_arguments() const override { return {}; }

  [[nodiscard]] std::string chip_name(unsigned chip) const override {
    return chips_.at(chip).chip_name();
  }

  [[nodiscard]] PinState look(ClientProcess&, Pin pin) const override {
    return {.driven = is_driven(*this, pin),
            .high = chips_.at(pin.chip).is_high(core::Offset{pin.offset}),
            .pull = pull_of(pin)};
  }

  void drive(ClientProcess&, Pin pin, bool high) const override {
    chips_.at(pin.chip).pull(core::Offset{pin.offset}, high);
  }

 private:
  /// gpio-sim has no pin without a pull: what counts is what the kernel was told, and it forgets
  /// that with the end of a request.
  [[nodiscard]] Pull pull_of(Pin pin) const {
    switch (line_info(chip_name(pin.chip), pin.offset).bias()) {
      case gpiod::line::bias::DISABLED: return Pull::none;
      case gpiod::line::bias::PULL_UP: return Pull::up;
      case gpiod::line::bias::PULL_DOWN: return Pull::down;
      case gpiod::line::bias::AS_IS:
      case gpiod::line::bias::UNKNOWN: return Pull::unknown;
    }
    return Pull::unknown;
  }

  std::array<GpioSim, 2> chips_{GpioSim(chip_with("pinctrl-bcm2711", 54)),
                                GpioSim(chip_with("gpio-expander", 8))};
};

}  // namespace

std::unique_ptr<Board> make_board() {
  return std::make_unique<KernelBoard>();
}

}  // namespace gpiobroker::test
