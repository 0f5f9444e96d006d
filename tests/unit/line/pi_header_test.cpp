// SPDX-License-Identifier: GPL-2.0-or-later
// The 40-pin header against the tables of others: gpiozero's and Raspberry Pi's own documentation.
#include "core/line/pi_header.h"

#include <map>

#include <gtest/gtest.h>

namespace gpiobroker::core {
namespace {

// Pin to BCM number, as in gpiozero/pins/data.py (PLUS_J8).
const std::map<int, std::uint32_t> kLines{
    {3, 2},   {5, 3},   {7, 4},   {8, 14},  {10, 15}, {11, 17}, {12, 18},
    {13, 27}, {15, 22}, {16, 23}, {18, 24}, {19, 10}, {21, 9},  {22, 25},
    {23, 11}, {24, 8},  {26, 7},  {27, 0},  {28, 1},  {29, 5},  {31, 6},
    {32, 12}, {33, 13}, {35, 19}, {36, 16}, {37, 26}, {38, 20}, {40, 21}};

TEST(TheHeader, CarriesTheLinesOfEveryPiSinceTheFirstModelBPlus) {
  for (int pin = 1; pin <= 40; ++pin) {
    const auto line = kLines.find(pin);
    if (line == kLines.end()) continue;
    EXPECT_EQ(line_at_header_pin(pin), Offset{line->second}) << pin;
  }
}

TEST(TheHeader, CarriesPowerAndGroundAtTheOtherPins) {
  for (const int pin : {1, 2, 4, 6, 9, 14, 17, 20, 25, 30, 34, 39}) {
    EXPECT_FALSE(line_at_header_pin(pin)) << pin;
    EXPECT_FALSE(kLines.contains(pin));
  }
}

TEST(TheHeader, HasFortyPins) {
  for (const int pin : {-1, 0, 41, 999999999}) EXPECT_FALSE(line_at_header_pin(pin)) << pin;
}

TEST(TheHeader, CarriesEachOfItsLinesAtOnePin) {
  for (const auto& [pin, line] : kLines) EXPECT_EQ(header_pin_of(Offset{line}), pin);
}

TEST(TheHeader, CarriesNoOtherLines) {
  for (std::uint32_t line = 28; line < 58; ++line) EXPECT_FALSE(header_pin_of(Offset{line}));
  EXPECT_FALSE(header_pin_of(Offset{0xFFFFFFFF}));
}

TEST(TheHeader, IsCarriedByThePinControllersOfRaspberryPis) {
  for (const char* label : {"pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"}) {
    EXPECT_TRUE(carries_header(label)) << label;
  }
  for (const char* label : {"", "gpio-sim", "raspberrypi-exp-gpio", "brcmvirt-gpio",
                            "gpio-brcmstb@107d508500", "pinctrl-rp", "pinctrl-rp11"}) {
    EXPECT_FALSE(carries_header(label)) << label;
  }
}

}  // namespace
}  // namespace gpiobroker::core
