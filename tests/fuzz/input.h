// SPDX-License-Identifier: GPL-2.0-or-later
// A fuzzer's bytes as decisions, and what must hold.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace gpiobroker::fuzz {

/// Ends the program, which the fuzzer takes for a finding.
inline void expect(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "NOT TRUE: " << what << std::endl;
  std::abort();
}

/// Bytes taken from the front, zeros once there are none left: what the fuzzer cuts off the end
/// makes a simpler input, and what it adds there changes nothing before.
class Input {
 public:
  explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  [[nodiscard]] bool is_over() const { return bytes_.empty(); }

  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }

  /// One of so many, at most 256.
  std::size_t below(std::size_t limit) { return byte() % limit; }

  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }

  std::uint64_t number() {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8U | byte();
    return number;
  }

  /// Text that can be on a bus: UTF-8, without a NUL; sometimes a lot of it.
  std::string text() {
    constexpr std::size_t kLong = 63;
    const std::size_t length = below(kLong + 1);
    std::string text;
    for (std::size_t i = 0; i < length && !is_over(); ++i) append_character(text);
    if (length < kLong) return text;
    std::string repeated;
    for (std::size_t i = below(256); i > 0; --i) repeated += text;
    return repeated;
  }

 private:
  void append_character(std::string& text) {
    const std::uint8_t raw = byte();
    if (raw >= 0x80) text += '\xC3';
    text += static_cast<char>(raw >= 0x80 ? raw & 0xBFU : std::max<std::uint8_t>(raw, 1));
  }

  std::span<const std::uint8_t> bytes_;
};

}  // namespace gpiobroker::fuzz
