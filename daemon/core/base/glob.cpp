// SPDX-License-Identifier: GPL-2.0-or-later
// Walks pattern and text side by side; where they part, lets the last * take one character more.
#include "core/base/glob.h"

namespace gpiobroker::core {
namespace {

/// The length of the set that the pattern begins with, brackets included; 0 if it is not closed.
/// A ] that comes first in a set stands for itself.
std::size_t set_length(std::string_view pattern) {
  const std::size_t first = pattern.starts_with("[!") ? 2 : 1;
  const auto end = pattern.find(']', first + 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

bool set_has(std::string_view set, char c) {
  const bool negated = set.starts_with("[!");
  const std::string_view members = set.substr(negated ? 2 : 1, set.size() - (negated ? 3 : 2));
  bool found = false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool range = i + 2 < members.size() && members[i + 1] == '-';
    found = found || (range ? members[i] <= c && c <= members[i + 2] : members[i] == c);
    if (range) i += 2;
  }
  return found != negated;
}

/// The length of what in the pattern stands for one character.
std::size_t step_length(std::string_view pattern) {
  return pattern.front() == '[' ? set_length(pattern) : 1;
}

bool step_fits(std::string_view step, char c) {
  if (step.front() == '[') return set_has(step, c);
  return step.front() == '?' || step.front() == c;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  constexpr auto kNone = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = kNone;   // where the pattern goes on behind the last *
  std::size_t taken = kNone;  // where the text goes on behind what that * took
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      taken = t;
      continue;
    }
    const std::size_t length = p < pattern.size() ? step_length(pattern.substr(p)) : 0;
    if (length > 0 && t < text.size() && step_fits(pattern.substr(p, length), text[t])) {
      p += length;
      ++t;
    } else if (star != kNone && taken < text.size()) {
      p = star;
      t = ++taken;
    } else {
      return false;
    }
  }
  return true;
}

bool is_glob(std::string_view pattern) {
  while (!pattern.empty()) {
    const std::size_t length = step_length(pattern);
    if (length == 0) return false;
    pattern.remove_prefix(length);
  }
  return true;
}

bool has_wildcard(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

}  // namespace gpiobroker::core
