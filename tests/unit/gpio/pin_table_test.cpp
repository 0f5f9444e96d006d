// SPDX-License-Identifier: GPL-2.0-or-later
// What pin controllers say of their pins, in the words of the kernel.
#include "gpio/pin_table.h"

#include <gmock/gmock.h>

namespace gpiobroker::gpio {
namespace {

using core::PinUse;

// Linux 6.12 on a Raspberry Pi 4.
constexpr std::string_view kBcm2711Pins =
    "registered pins: 58\n"
    "pin 8 (gpio8) 8:pinctrl-bcm2711 function gpio_out in hi; irq 57 (none)\n"
    "pin 14 (gpio14) 14:pinctrl-bcm2711 function alt5 in hi; irq 63 (none)\n"
    "pin 17 (gpio17) 17:pinctrl-bcm2711 function gpio_in in lo; irq 66 (none)\n"
    "pin 18 (gpio18) 18:pinctrl-bcm2711 function alt5 in lo; irq 67 (none)\n"
    "pin 30 (gpio30) 30:pinctrl-bcm2711 function gpio_in in hi; irq 79 (none)\n";
constexpr std::string_view kBcm2711Claims =
    "Pinmux settings per pin\n"
    "Format: pin (name): mux_owner gpio_owner hog?\n"
    "pin 8 (gpio8): fe204000.spi pinctrl-bcm2711:520 function gpio_out group gpio8\n"
    "pin 14 (gpio14): fe215040.serial (GPIO UNCLAIMED) function alt5 group gpio14\n"
    "pin 17 (gpio17): (MUX UNCLAIMED) (GPIO UNCLAIMED)\n"
    "pin 18 (gpio18): (MUX UNCLAIMED) pinctrl-bcm2711:530\n"
    "pin 30 (gpio30): fe201000.serial (GPIO UNCLAIMED) function alt3 group gpio30\n";

/// What both files make of a pin.
PinUse use(std::string_view pins, std::string_view claims, std::uint32_t pin) {
  PinTable table;
  add_pins(pins, table);
  add_claims(claims, table);
  return use_of(table[pin]);
}

PinUse use_on_bcm2711(std::uint32_t pin) {
  return use(kBcm2711Pins, kBcm2711Claims, pin);
}

TEST(APin, ServesWhatItIsSwitchedToAndClaimedFor) {
  EXPECT_EQ(use_on_bcm2711(14), (PinUse{"alt5 of fe215040.serial", true}));
}

TEST(APin, ServesWhatItWasSwitchedToPastTheKernel) {
  EXPECT_EQ(use_on_bcm2711(18), (PinUse{"alt5", true}));
}

TEST(APin, ServesWhatADriverHasClaimedItForThoughItIsSwitchedAway) {
  EXPECT_EQ(use_on_bcm2711(30), (PinUse{"alt3 of fe201000.serial", false}));
}

TEST(APin, ServesNothingAsAGpioLineWhoeverClaimsIt) {
  EXPECT_EQ(use_on_bcm2711(17), PinUse{});
  EXPECT_EQ(use_on_bcm2711(8), PinUse{});
}

TEST(APin, IsKnownByItsClaimAloneWhereTheDriverTellsNoFunction) {
  constexpr std::string_view kPins = "pin 11 (gpio0-11) 11:gpio0 \npin 12 (gpio0-12) 12:gpio0 \n";
  constexpr std::string_view kClaims =
      "pin 11 (gpio0-11): ff050000.i2c (GPIO UNCLAIMED) function i2c1 group i2c1-xfer\n"
      "pin 12 (gpio0-12): (MUX UNCLAIMED) (GPIO UNCLAIMED)\n";
  EXPECT_EQ(use(kPins, kClaims, 11), (PinUse{"i2c1 of ff050000.i2c", false}));
  EXPECT_EQ(use(kPins, kClaims, 12), PinUse{});
}

TEST(APin, IsKnownOfAControllerThatIsStrict) {
  constexpr std::string_view kClaims =
      "Format: pin (name): mux_owner|gpio_owner (strict) hog?\n"
      "pin 4 (PA4): device 1c28000.serial function uart0 group PA4\n"
      "pin 5 (PA5): GPIO 1c20800.pinctrl:5\n"
      "pin 6 (PA6): UNCLAIMED\n";
  EXPECT_EQ(use("", kClaims, 4), (PinUse{"uart0 of 1c28000.serial", false}));
  EXPECT_EQ(use("", kClaims, 5), PinUse{});
  EXPECT_EQ(use("", kClaims, 6), PinUse{});
}

TEST(APin, ServesNothingThatItsControllerClaimsForItself) {
  constexpr std::string_view kClaims =
      "pin 9 (MX8_PAD): 30330000.pinctrl (GPIO UNCLAIMED) (HOG) function pinctrl group hoggrp\n";
  EXPECT_EQ(use("", kClaims, 9), PinUse{});
  EXPECT_EQ(use("pin 9 (gpio9) 9:c function alt0 in lo; irq 1 (none)\n", kClaims, 9),
            (PinUse{"alt0", true}));
}

// Its driver says which alternative it is, and in brackets what that is on this pin.
TEST(APin, OfARaspberryPi5ServesWhatItsAlternativeIs) {
  constexpr std::string_view kPins =
      "pin 14 (gpio14) 14:pinctrl-rp1 function alt4 (uart0) in hi; irq 0 (none)\n"
      "pin 15 (gpio15) 15:pinctrl-rp1 function gpio (gpio) in lo; irq 183 (none)\n"
      "pin 16 (gpio16) 16:pinctrl-rp1 function none (none) in lo; irq 184 (none)\n"
      "pin 17 (gpio17) 17:pinctrl-rp1 function alt8 (invalid) in lo; irq 185 (none)\n";
  EXPECT_EQ(use(kPins, "", 14), (PinUse{"uart0", true}));
  EXPECT_EQ(use(kPins, "", 15), PinUse{});
  EXPECT_EQ(use(kPins, "", 16), PinUse{});
  EXPECT_EQ(use(kPins, "", 17), (PinUse{"alt8", true}));
}

TEST(APinTable, KnowsWhichLineAPinIs) {
  PinTable table;
  add_pins(kBcm2711Pins, table);
  EXPECT_EQ(table.at(14).gpio_chip, "pinctrl-bcm2711");
  EXPECT_EQ(table.at(14).gpio_offset, 14U);
}

TEST(APinTable, ReadsFunctionsThatStandWithoutALine) {
  PinTable table;
  add_pins(
      "pin 14 (gpio14) function alt0 in hi; irq 1 (none)\npin 15 (x) 0:? function alt1 in lo\n",
      table);
  EXPECT_EQ(table.at(14).selected, "alt0");
  EXPECT_EQ(table.at(15).selected, "alt1");
  EXPECT_EQ(table.at(14).gpio_chip + table.at(15).gpio_chip, "");
}

TEST(APinTable, PassesOverWhatIsNoPins) {
  PinTable table;
  for (const char* text : {"", "\n\n", "pin", "pin (x)", "pin x (y) z", "pin 1", "pin 1 (x",
                           "pin -1 (x) y", "pin 99999999999 (x): y", "pins 1 (x): y"}) {
    add_pins(text, table);
    add_claims(text, table);
  }
  EXPECT_TRUE(table.empty());
}

TEST(APinTable, HoldsWordsThatAreFitToBePrinted) {
  EXPECT_EQ(use("", "pin 1 (x): \x1b[2J\xff function alt0 group g\n", 1).function,
            "alt0 of \\x1b[2J\\xff");
}

}  // namespace
}  // namespace gpiobroker::gpio
