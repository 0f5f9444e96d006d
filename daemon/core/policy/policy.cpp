// SPDX-License-Identifier: GPL-2.0-or-later
// Protection, rules, defaults; and the words for what they decide.
#include "core/policy/policy.h"

#include <algorithm>

#include "core/base/text.h"

namespace gpiobroker::core {
namespace {

constexpr std::uint32_t kRoot = 0;

std::string describe(const Subject& subject) {
  std::string words = "user " + std::to_string(subject.uid);
  if (!subject.unit.empty()) words += " in unit " + in_quotes(subject.unit);
  return words;
}

std::string describe(const LineFacts& line) {
  std::string words = line.chip + ":" + std::to_string(line.offset.value);
  if (!line.name.empty()) words += " " + in_quotes(line.name);
  return words;
}

/// "user 1000 may not lease gpiochip0:17 'GPIO17': BECAUSE".
std::string sentence(bool allowed, const Subject& subject, const LineFacts& line, Verb verb,
                     const std::string& because) {
  return describe(subject) + (allowed ? " may " : " may not ") + std::string(to_word(verb)) + " " +
         describe(line) + ": " + because;
}

std::string why_no_group(const Defaults& defaults) {
  return defaults.no_group_because.empty() ? "this system has no group gpio"
                                           : defaults.no_group_because;
}

std::string in_brackets(const std::string& because) {
  return because.empty() ? "" : " (" + because + ")";
}

bool is_member(const Subject& subject, std::optional<std::uint32_t> group) {
  return group && std::ranges::find(subject.gids, *group) != subject.gids.end();
}

bool is_for_everybody(Verb verb) {
  return verb == Verb::read || verb == Verb::observe;
}

bool is_for_the_group(Verb verb) {
  return verb == Verb::lease || verb == Verb::share || verb == Verb::time;
}

}  // namespace

Result<void> Policy::check_open() const {
  if (parts_.closed) return Refused(*parts_.closed);
  return {};
}

Verdict Policy::decide(const Subject& subject, const LineFacts& line, Verb verb) const {
  if (parts_.closed) {
    return {false, "configuration", sentence(false, subject, line, verb, parts_.closed->message),
            parts_.closed->reason};
  }
  if (const LineEntry* entry = takes_the_line(verb) ? protection(line) : nullptr) {
    return {false, "protected",
            sentence(false, subject, line, verb,
                     "the line is protected from everybody (" + entry->protected_because + ")")};
  }
  for (const Rule& rule : parts_.rules) {
    if (!applies(rule, subject, line, verb)) continue;
    return {rule.allow, rule.name,
            sentence(rule.allow, subject, line, verb,
                     "rule " + in_quotes(rule.name) + (rule.allow ? " allows it" : " denies it") +
                         in_brackets(rule.allow ? "" : rule.because))};
  }
  return by_default(subject, line, verb);
}

Verdict Policy::by_default(const Subject& subject, const LineFacts& line, Verb verb) const {
  const Defaults& defaults = parts_.defaults;
  const bool administrator = subject.uid == kRoot || subject.uid == defaults.administrator;
  const bool for_group = is_for_the_group(verb);
  const bool allowed = administrator || is_for_everybody(verb) ||
                       (for_group && is_member(subject, defaults.gpio_group));
  std::string because = "no rule applies, and by default ";
  because += is_for_everybody(verb) ? "everybody may"
             : for_group            ? "only root and the members of group gpio may"
                                    : "only root may";
  if (for_group && !defaults.gpio_group) because += " (" + why_no_group(defaults) + ")";
  if (!allowed) because += hint(subject, line, verb);
  return {allowed, "default", sentence(allowed, subject, line, verb, because)};
}

/// A rule that would allow it, if only it were known whom it means.
std::string Policy::hint(const Subject& subject, const LineFacts& line, Verb verb) const {
  const auto rule = std::ranges::find_if(parts_.rules, [&](const Rule& each) {
    return each.allow && !each.because.empty() && applies_to_some(each, subject, line, verb);
  });
  if (rule == parts_.rules.end()) return {};
  return "; rule " + in_quotes(rule->name) + " allows it to some: " + rule->because;
}

const LineEntry* Policy::protection(const LineFacts& line) const {
  const auto entry = std::ranges::find_if(parts_.lines, [&](const LineEntry& each) {
    return each.is_protected && matches_any(each.match, line);
  });
  return entry != parts_.lines.end() && *entry->is_protected ? &*entry : nullptr;
}

SafeState Policy::safe_state(const LineFacts& line) const {
  std::optional<SafeState> safe;
  std::optional<bool> park;
  for (const LineEntry& entry : parts_.lines) {
    if (!matches_any(entry.match, line)) continue;
    if (!safe) safe = entry.safe;
    if (!park) park = entry.park;
  }
  SafeState state = safe.value_or(SafeState{});
  state.park = park.value_or(false);
  return state;
}

Result<void> check(const Policy& policy, const Subject& subject, const LineFacts& line, Verb verb) {
  const Verdict verdict = policy.decide(subject, line, verb);
  if (verdict.allowed) return {};
  return refuse(verdict.reason, "lines", verdict.why);
}

}  // namespace gpiobroker::core
