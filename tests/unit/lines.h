// SPDX-License-Identifier: GPL-2.0-or-later
// Lines as rules see them: of a Raspberry Pi 5 and of an expander.
#pragma once

#include "core/line/line_facts.h"

namespace gpiobroker::test {

inline core::LineFacts pi_line(std::uint32_t offset, std::string name) {
  return {.chip = "gpiochip0",
          .label = "pinctrl-rp1",
          .offset = core::Offset{offset},
          .name = std::move(name),
          .on_header = true};
}

inline core::LineFacts gpio(std::uint32_t number) {
  return pi_line(number, "GPIO" + std::to_string(number));
}

inline core::LineFacts expander_line(std::uint32_t offset, std::string name = "") {
  return {.chip = "gpiochip4",
          .label = "pcf8574",
          .offset = core::Offset{offset},
          .name = std::move(name)};
}

}  // namespace gpiobroker::test
