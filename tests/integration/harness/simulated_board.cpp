// SPDX-License-Identifier: GPL-2.0-or-later
// The chips that gpiobrokerd simulates, looked at through org.gpiobroker1.Simulation.
#include "harness/board.h"

namespace gpiobroker::test {
namespace {

class SimulatedBoard : public Board {
 public:
  [[nodiscard]] std::vector<std::string> daemon_arguments() const override {
    return {"--simulate", "54", "--simulate", "8:gpio-expander"};
  }

  [[nodiscard]] std::string chip_name(unsigned chip) const override {
    return "gpiochip" + std::to_string(chip);
  }

  [[nodiscard]] PinState look(ClientProcess& observer, Pin pin) const override {
    const Json state = call(observer, pin.chip, "ReadPin", "u", Json::array({pin.offset}));
    return {.driven = state.at(0).get<bool>(),
            .high = state.at(1).get<int>() == 1,
            .pull = pull_from(state.at(2).get<std::string>())};
  }

  void drive(ClientProcess& observer, Pin pin, bool high) const override {
    call(observer, pin.chip, "DriveInput", "ui", Json::array({pin.offset, high ? 1 : 0}));
  }

 private:
  [[nodiscard]] static Pull pull_from(const std::string& word) {
    if (word == "up") return Pull::up;
    return word == "down" ? Pull::down : Pull::none;
  }

  Json call(ClientProcess& observer, unsigned chip, const char* member, const char* signature,
            const Json& arguments) const {
    const Reply reply = observer.call({.path = "/org/gpiobroker1/chips/" + chip_name(chip),
                                       .interface = "org.gpiobroker1.Simulation",
                                       .member = member,
                                       .signature = signature,
                                       .arguments = arguments});
    if (!reply.error.empty()) throw std::runtime_error(reply.error + ": " + reply.message);
    return reply.values;
  }
};

}  // namespace

std::unique_ptr<Board> make_board() {
  return std::make_unique<SimulatedBoard>();
}

}  // namespace gpiobroker::test
