// SPDX-License-Identifier: GPL-2.0-or-later
// Linked into a daemon that is fuzzed: says at its end how many of its branches were taken.
//
// clang's -fsanitize-coverage=inline-8bit-counters, which -fsanitize=fuzzer-no-link implies, counts
// in an array and hands it to whoever defines this function.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <span>

namespace {

std::span<const std::uint8_t> counters;

void report() {
  const char* file = std::getenv("GPIOBROKER_FUZZ_COVERAGE");
  if (file == nullptr) return;
  const auto untouched = std::ranges::count(counters, std::uint8_t{0});
  std::ofstream(file) << counters.size() - static_cast<std::size_t>(untouched) << " of "
                      << counters.size() << '\n';
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the compiler's name
extern "C" void __sanitizer_cov_8bit_counters_init(const std::uint8_t* begin,
                                                   const std::uint8_t* end);

extern "C" void __sanitizer_cov_8bit_counters_init(const std::uint8_t* begin,
                                                   const std::uint8_t* end) {
  counters = {begin, end};
  (void)std::atexit(report);
}
