// SPDX-License-Identifier: GPL-2.0-or-later
// A type by a byte, its value by those that follow.
#include "fuzz/variants.h"

#include <array>
#include <bit>
#include <limits>

#include <fcntl.h>

namespace gpiobroker::fuzz {
namespace {

/// No message is deeper than 64 containers (D-Bus specification, "Valid Signatures"), so that is
/// what the daemon can be sent, of which a dictionary in a variant takes three.
constexpr unsigned kDeepest = 16;

constexpr std::array kKeys{"direction",
                           "value",
                           "edge",
                           "bias",
                           "drive",
                           "active-low",
                           "event-clock",
                           "debounce-period",
                           "consumer",
                           "lifetime",
                           "process",
                           "fd",
                           "ttl-ms",
                           "heartbeat-ms",
                           "wait-ms",
                           "access",
                           "unobserved",
                           "direct",
                           "event-buffer-size",
                           "take-from-peripheral",
                           "edge-timeout-ms",
                           "colour"};

constexpr std::array kWords{"input",      "output",      "as-is",      "none",       "rising",
                            "falling",    "both",        "disabled",   "pull-up",    "pull-down",
                            "push-pull",  "unknown",     "hte",        "open-drain", "monotonic",
                            "realtime",   "open-source", "exclusive",  "shared",     "observe",
                            "connection", "process",     "persistent", "fd",         "ttl"};

constexpr std::array kLines{"GPIO4",        "GPIO17", "J8:11", "BOARD13",
                            "gpiochip0:22", "EXP3",   "BCM27", "gpio-expander:2"};

std::uint64_t number_from(Input& input) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  static constexpr std::array<std::uint64_t, 12> kNumbers{
      0, 1, 2, 100, 1000, 65'536, 86'400'000, 0x7FFFFFFF, 0xFFFFFFFF, kMost >> 1U, kMost, ~1ULL};
  const std::size_t choice = input.below(kNumbers.size() + 1);
  return choice == kNumbers.size() ? input.number() : kNumbers.at(choice);
}

std::string word_from(Input& input) {
  const std::size_t choice = input.below(kWords.size() + 1);
  return choice == kWords.size() ? input.text() : kWords.at(choice);
}

template <class Number>
sdbus::Variant numeric(Input& input) {
  return sdbus::Variant(static_cast<Number>(number_from(input)));
}

sdbus::UnixFd descriptor() {
  static const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  return sdbus::UnixFd(null);
}

std::vector<std::string> words_from(Input& input) {
  std::vector<std::string> words;
  for (std::size_t n = input.below(4); n > 0; --n) words.push_back(word_from(input));
  return words;
}

/// `depth` is how many containers it is in already.
sdbus::Variant variant_from(Input& input, unsigned depth);

std::vector<sdbus::Variant> variants_from(Input& input, unsigned depth) {
  std::vector<sdbus::Variant> variants;
  for (std::size_t n = input.below(3); n > 0 && !input.is_over(); --n) {
    variants.push_back(variant_from(input, depth));
  }
  return variants;
}

bus::Dictionary dictionary_in(Input& input, unsigned depth) {
  bus::Dictionary dictionary;
  for (std::size_t n = input.below(8); n > 0 && !input.is_over(); --n) {
    const std::size_t choice = input.below(kKeys.size() + 1);
    const std::string key = choice == kKeys.size() ? input.text() : kKeys.at(choice);
    dictionary[key] = variant_from(input, depth);
  }
  return dictionary;
}

sdbus::Variant container_from(Input& input, unsigned depth) {
  switch (input.below(depth < kDeepest ? 6 : 4)) {
    case 0: return sdbus::Variant(words_from(input));
    case 1: return sdbus::Variant(std::vector<std::int32_t>(input.below(200), 1));
    case 2: return sdbus::Variant(std::map<std::string, std::int32_t>{{word_from(input), 1}});
    case 3: return sdbus::Variant(sdbus::Struct<std::string, bool>(word_from(input), true));
    case 4: return sdbus::Variant(variants_from(input, depth + 1));
    default: return sdbus::Variant(dictionary_in(input, depth + 1));
  }
}

sdbus::Variant variant_from(Input& input, unsigned depth) {
  switch (input.below(16)) {
    case 0:
    case 1: return sdbus::Variant(word_from(input));
    case 2:
    case 3: return sdbus::Variant(input.below(2) == 1);
    case 4: return numeric<std::uint8_t>(input);
    case 5: return numeric<std::int16_t>(input);
    case 6: return numeric<std::uint16_t>(input);
    case 7: return numeric<std::int32_t>(input);
    case 8: return numeric<std::uint32_t>(input);
    case 9: return numeric<std::int64_t>(input);
    case 10: return numeric<std::uint64_t>(input);
    case 11: return sdbus::Variant(std::bit_cast<double>(number_from(input)));
    case 12: return sdbus::Variant(sdbus::ObjectPath("/org/gpiobroker1"));
    case 13: return sdbus::Variant(sdbus::Signature("a{sv}"));
    case 14: return sdbus::Variant(descriptor());
    default: return container_from(input, depth);
  }
}

}  // namespace

bus::Dictionary dictionary_from(Input& input) {
  return dictionary_in(input, 0);
}

std::string line_from(Input& input) {
  const std::size_t choice = input.below(kLines.size() + 1);
  return choice == kLines.size() ? input.text() : kLines.at(choice);
}

}  // namespace gpiobroker::fuzz
