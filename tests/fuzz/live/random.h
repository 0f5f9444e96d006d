// SPDX-License-Identifier: GPL-2.0-or-later
// Decisions of the live fuzzer, the same for the same seed.
#pragma once

#include <cstdint>
#include <random>

namespace gpiobroker::fuzz {

class Random {
 public:
  explicit Random(std::uint32_t seed) : numbers_(seed) {}

  std::uint64_t number() { return numbers_(); }
  std::size_t below(std::size_t limit) { return numbers_() % limit; }
  bool one_in(std::size_t times) { return below(times) == 0; }

  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937_64 numbers_;  // no distributions: those differ between standard libraries
};

}  // namespace gpiobroker::fuzz
