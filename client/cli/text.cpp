// SPDX-License-Identifier: LGPL-2.1-or-later
// Escapes what a terminal must not see, and joins texts.
#include "cli/text.h"

#include <array>
#include <cstdio>
#include <tuple>

namespace gpiobroker::cli {
namespace {

std::string escaped(char c) {
  std::array<char, 5> code{};
  std::ignore = std::snprintf(code.data(), code.size(), "\\x%02x", static_cast<unsigned char>(c));
  return code.data();
}

}  // namespace

std::string printable(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c >= ' ' && c <= '~') {
      plain += c;
    } else {
      plain += escaped(c);
    }
  }
  return plain;
}

std::string join(std::span<const std::string> texts, std::string_view separator) {
  std::string joined;
  for (const std::string& text : texts) {
    if (&text != &texts.front()) joined += separator;
    joined += text;
  }
  return joined;
}

}  // namespace gpiobroker::cli
