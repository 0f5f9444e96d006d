// SPDX-License-Identifier: GPL-2.0-or-later
// Names that nobody should choose, and that drivers, device trees and programs have all the same.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace gpiobroker::test {

using namespace std::string_view_literals;

/// Each of at most 31 bytes, as many as the kernel keeps of the name of a line or a consumer, and
/// without a NUL, at which it stops.
inline constexpr std::array kHostileNames{
    // No UTF-8: a byte of Latin-1, what no character begins with, half a character, too many bytes
    // for one, half a pair of UTF-16, beyond Unicode.
    "T\xfcr"sv,
    "\xff"sv,
    "\x80\xbf"sv,
    "L\xc3"sv,
    "\xc0\xaf"sv,
    "\xe0\x80\xaf"sv,
    "\xed\xa0\x80"sv,
    "\xf4\x90\x80\x80"sv,
    // UTF-8 that the bus library does not take.
    "x\xef\xbf\xbe"sv,
    "\xef\xbf\xbf"sv,
    "\xef\xb7\x90"sv,
    "\xf0\x9f\xbf\xbe"sv,
    // Sixteen umlauts are 32 bytes, of which the kernel keeps 31.
    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3"sv,
    // UTF-8 as people write it.
    "L\xc3\xbc"
    "fter"sv,
    "\xe2\x82\xac"sv,
    "\xf0\x9f\x92\xa1"sv,
    // What means something in a pattern, and how lines of BeagleBones are called.
    "*"sv,
    "?"sv,
    "[mmc0_cd]"sv,
    "P9_22 [spi0_sclk]"sv,
    "["sv,
    "a..b"sv,
    "GPIO2..GPIO9"sv,
    // Names of others: of a chip, a chip and an offset, a pin of the header, a line.
    "gpiochip0"sv,
    "gpiochip0:17"sv,
    "J8:11"sv,
    "BOARD11"sv,
    "GPIO17"sv,
    ":"sv,
    "/"sv,
    ".."sv,
    // What could forge a line of a log, or be read as an escape.
    "a\nb"sv,
    "\x1b[31m"sv,
    "\t\r\x7f"sv,
    "\xc2\x9b"
    "31m"sv,
    "\\"sv,
    "\\xfc"sv,
    "T\\xfcr"sv,
    "it's \"it\""sv,
    "%s%n{}"sv,
    // Nothing.
    ""sv,
    " "sv,
};

}  // namespace gpiobroker::test
