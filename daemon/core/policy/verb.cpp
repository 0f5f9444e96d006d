// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps one table of words, which look-ups in both directions read.
#include "core/policy/verb.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gpiobroker::core {
namespace {

using VerbWord = std::pair<Verb, std::string_view>;

constexpr std::array<VerbWord, 9> kWords{{{Verb::read, "read"},
                                          {Verb::lease, "lease"},
                                          {Verb::share, "share"},
                                          {Verb::observe, "observe"},
                                          {Verb::persist, "persist"},
                                          {Verb::direct, "direct"},
                                          {Verb::time, "time"},
                                          {Verb::revoke, "revoke"},
                                          {Verb::take_from_peripheral, "take-from-peripheral"}}};

}  // namespace

std::string_view to_word(Verb verb) {
  const auto* const entry = std::ranges::find(kWords, verb, &VerbWord::first);
  return entry == kWords.end() ? std::string_view("unknown") : entry->second;
}

std::optional<Verb> verb_from_word(std::string_view word) {
  const auto* const entry = std::ranges::find(kWords, word, &VerbWord::second);
  return entry == kWords.end() ? std::nullopt : std::optional(entry->first);
}

std::string accepted_verbs() {
  std::string list;
  for (const auto& [verb, word] : kWords) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

}  // namespace gpiobroker::core
