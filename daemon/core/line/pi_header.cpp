// SPDX-License-Identifier: GPL-2.0-or-later
// Lists the header pin by pin.
#include "core/line/pi_header.h"

#include <algorithm>
#include <array>

namespace gpiobroker::core {
namespace {

constexpr int kPower = -1;
constexpr int kPinCount = 40;

// Two pins a row, as they lie on the board: odd pins left, even pins right.
constexpr std::array<int, kPinCount> kLineAtPin{
    kPower, kPower,  // 3.3 V, 5 V
    2,      kPower,  //
    3,      kPower,  //
    4,      14,      //
    kPower, 15,      //
    17,     18,      //
    27,     kPower,  //
    22,     23,      //
    kPower, 24,      //
    10,     kPower,  //
    9,      25,      //
    11,     8,       //
    kPower, 7,       //
    0,      1,       // the HAT's identification EEPROM
    5,      kPower,  //
    6,      12,      //
    13,     kPower,  //
    19,     16,      //
    26,     20,      //
    kPower, 21,      //
};

constexpr std::array<std::string_view, 4> kHeaderChips{"pinctrl-bcm2835", "pinctrl-bcm2711",
                                                       "pinctrl-bcm2712", "pinctrl-rp1"};

}  // namespace

std::optional<Offset> line_at_header_pin(int pin) {
  if (pin < 1 || pin > kPinCount) return std::nullopt;
  const int line = kLineAtPin.at(static_cast<std::size_t>(pin - 1));
  if (line == kPower) return std::nullopt;
  return Offset{static_cast<std::uint32_t>(line)};
}

std::optional<int> header_pin_of(Offset line) {
  const auto at = std::ranges::find(kLineAtPin, std::int64_t{line.value});
  if (at == kLineAtPin.end()) return std::nullopt;
  return static_cast<int>(at - kLineAtPin.begin()) + 1;
}

bool carries_header(std::string_view chip_label) {
  return std::ranges::find(kHeaderChips, chip_label) != kHeaderChips.end();
}

}  // namespace gpiobroker::core
