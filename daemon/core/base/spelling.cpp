// SPDX-License-Identifier: GPL-2.0-or-later
// Reads UTF-8 character by character, and escapes byte by byte what is none.
#include "core/base/spelling.h"

#include <cstdint>
#include <optional>

#include "core/base/text.h"

namespace gpiobroker::core {
namespace {

constexpr std::size_t kEscapeLength = 4;  // of \xNN

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;  ///< in bytes; 0: the text does not begin with a character
};

/// How many bytes a character has by its first one, and the bits of it that count.
Character begin(unsigned char first) {
  if (first < 0x80) return {.code = first, .length = 1};
  if (first >= 0xC2 && first < 0xE0) return {.code = first & 0x1FU, .length = 2};
  if (first >= 0xE0 && first < 0xF0) return {.code = first & 0x0FU, .length = 3};
  if (first >= 0xF0 && first < 0xF5) return {.code = first & 0x07U, .length = 4};
  return {};
}

/// Whether a character is spelled with more bytes than it needs.
bool is_overlong(const Character& character) {
  constexpr std::uint32_t kTwoBytesEnd = 0x800;
  constexpr std::uint32_t kThreeBytesEnd = 0x10000;
  return (character.length == 3 && character.code < kTwoBytesEnd) ||
         (character.length == 4 && character.code < kThreeBytesEnd);
}

/// Halves of pairs, code points that are nobody's, and what lies beyond Unicode.
bool is_no_character(std::uint32_t code) {
  constexpr std::uint32_t kEnd = 0x110000;
  return code == 0 || (code >= 0xD800 && code < 0xE000) || (code >= 0xFDD0 && code < 0xFDF0) ||
         (code & 0xFFFEU) == 0xFFFE || code >= kEnd;
}

/// The character that a text which is not empty begins with, if the bus takes it.
Character first_character(std::string_view text) {
  Character character = begin(static_cast<unsigned char>(text.front()));
  if (character.length > text.size()) return {};
  for (std::size_t i = 1; i < character.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80) return {};
    character.code = character.code << 6U | (byte & 0x3FU);
  }
  return is_overlong(character) || is_no_character(character.code) ? Character{} : character;
}

bool is_control(std::uint32_t code) {
  constexpr std::uint32_t kDelete = 0x7F;
  constexpr std::uint32_t kEndOfC1 = 0xA0;
  return code < ' ' || (code >= kDelete && code < kEndOfC1);
}

template <class Stays>
std::string escaped_unless(std::string_view text, Stays stays) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::size_t length = character.length == 0 ? 1 : character.length;
    const bool plain = character.length > 0 && stays(character.code);
    for (const char c : text.substr(0, length)) {
      if (plain) {
        out += c;
      } else {
        append_escaped(out, c);
      }
    }
    text.remove_prefix(length);
  }
  return out;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The byte that an escape at the beginning of the text stands for.
std::optional<char> unescaped(std::string_view text) {
  if (text.size() < kEscapeLength || !text.starts_with("\\x")) return std::nullopt;
  const int high = digit(text[2]);
  const int low = digit(text[3]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

template <class Is>
std::string unescaped_where(std::string_view name, Is is) {
  std::string bytes;
  while (!name.empty()) {
    const auto byte = unescaped(name);
    const bool escape = byte && is(*byte);
    bytes += escape ? *byte : name.front();
    name.remove_prefix(escape ? kEscapeLength : 1);
  }
  return bytes;
}

}  // namespace

std::string fit_text(std::string_view text) {
  return escaped_unless(text, [](std::uint32_t) { return true; });
}

std::string name_from(std::string_view bytes) {
  return escaped_unless(bytes,
                        [](std::uint32_t code) { return code != '\\' && !is_control(code); });
}

std::string with_letters(std::string_view name) {
  return fit_text(
      unescaped_where(name, [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; }));
}

std::string bytes_of(std::string_view name) {
  return unescaped_where(name, [](char) { return true; });
}

}  // namespace gpiobroker::core
