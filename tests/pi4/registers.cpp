// SPDX-License-Identifier: GPL-2.0-or-later
// Fields of one to three bits, packed into words.
#include "pi4/registers.h"

#include <stdexcept>

namespace gpiobroker::test {
namespace {

constexpr unsigned kWordBits = 32;
constexpr unsigned kFunctionBits = 3;

/// The field of a pin, where each takes `width` bits and none is split between two words.
template <std::size_t Words>
std::uint32_t field(const std::array<std::uint32_t, Words>& words, unsigned offset,
                    unsigned width) {
  const unsigned per_word = kWordBits / width;
  return (words.at(offset / per_word) >> (offset % per_word * width)) & ((1U << width) - 1);
}

Function function_from(std::uint32_t bits) {
  constexpr std::uint32_t kInput = 0b000;
  constexpr std::uint32_t kOutput = 0b001;
  if (bits == kInput) return Function::input;
  return bits == kOutput ? Function::output : Function::alternate;
}

std::string text(Pull pull) {
  switch (pull) {
    case Pull::none: return "none";
    case Pull::up: return "up";
    case Pull::down: return "down";
    case Pull::reserved: return "reserved";
  }
  throw std::logic_error("no such pull");
}

std::string function_text(const Pin& pin) {
  switch (pin.function) {
    case Function::input: return "input";
    case Function::output: return pin.level ? "output at 1" : "output at 0";
    case Function::alternate: return "alternate function";
  }
  throw std::logic_error("no such function");
}

}  // namespace

std::string text(const Pin& pin) {
  return function_text(pin) + ", pull " + text(pin.pull);
}

std::uint32_t Registers::function_bits(unsigned offset) const {
  return field(function_select, offset, kFunctionBits);
}

std::pair<std::uint64_t, std::uint32_t> Registers::with_function(unsigned offset,
                                                                 std::uint32_t bits) const {
  constexpr unsigned kPerWord = kWordBits / kFunctionBits;
  const unsigned shift = offset % kPerWord * kFunctionBits;
  const unsigned index = offset / kPerWord;
  const std::uint32_t others = function_select.at(index) & ~(0b111U << shift);
  return {kFunctionSelect + std::uint64_t{index} * 4, others | bits << shift};
}

Pin Registers::pin(unsigned offset) const {
  return {.function = function_from(function_bits(offset)),
          .pull = static_cast<Pull>(field(pull, offset, 2)),
          .level = field(level, offset, 1) == 1};
}

}  // namespace gpiobroker::test
