// SPDX-License-Identifier: GPL-2.0-or-later
// Quotes words from outside, and reads numbers in them.
#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace gpiobroker::core {
namespace {

constexpr std::size_t kLongestQuote = 64;

bool is_printable(char c) {
  return c >= ' ' && c <= '~';
}

bool is_plain(char c) {
  return is_printable(c) && c != '\'';
}

}  // namespace

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\x";
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xFU];
}

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text.substr(0, kLongestQuote)) {
    if (is_plain(c)) {
      out += c;
    } else {
      append_escaped(out, c);
    }
  }
  return out + (text.size() > kLongestQuote ? "'..." : "'");
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_printable(c)) {
      out += c;
    } else {
      append_escaped(out, c);
    }
  }
  return out;
}

int number_in(std::string_view text) {
  constexpr std::size_t kMostDigits = 9;
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || !digits || text.size() > kMostDigits) return -1;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace gpiobroker::core
