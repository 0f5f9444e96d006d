// SPDX-License-Identifier: GPL-2.0-or-later
// Asks protection, then the rules, then the defaults, and words what they decide.
#include "core/policy/policy.h"

#include <algorithm>

#include "core/base/text.h"

namespace gpiobroker::core {
namespace {

std::string user_and_unit(const Client& client) {
  std::string words = "user " + std::to_string(client.uid);
  if (!client.vouched_unit.empty()) words += " in unit " + in_quotes(client.vouched_unit);
  return words;
}

std::string describe(const LineFacts& line) {
  std::string words = line.chip + ":" + std::to_string(line.offset.value);
  if (!line.name.empty()) words += " " + in_quotes(line.name);
  return words;
}

struct Question {
  const Client& client;
  const LineFacts& line;
  Verb verb;
};

/// Words a decision: "user 1000 may not lease gpiochip0:17 'GPIO17': BECAUSE".
std::string sentence(const Question& asked, bool allowed, const std::string& because) {
  return user_and_unit(asked.client) + (allowed ? " may " : " may not ") +
         std::string(to_word(asked.verb)) + " " + describe(asked.line) + ": " + because;
}

std::string why_no_group(const Defaults& defaults) {
  return defaults.no_group_because.empty() ? "this system has no group gpio"
                                           : defaults.no_group_because;
}

std::string in_brackets(const std::string& because) {
  return because.empty() ? "" : " (" + because + ")";
}

bool is_member(const Client& client, std::optional<std::uint32_t> group) {
  return group && std::ranges::find(client.gids, *group) != client.gids.end();
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

Verdict Policy::decide(const Client& client, const LineFacts& line, Verb verb) const {
  if (parts_.closed) {
    return {false, "configuration", sentence({client, line, verb}, false, parts_.closed->message),
            parts_.closed->reason};
  }
  if (const LineEntry* entry = takes_the_line(verb) ? protection(line) : nullptr) {
    return {false, "protected",
            sentence({client, line, verb}, false,
                     "the line is protected from everybody (" + entry->protected_because + ")")};
  }
  for (const Rule& rule : parts_.rules) {
    if (!applies(rule, client, line, verb)) continue;
    return {rule.allow, rule.name,
            sentence({client, line, verb}, rule.allow,
                     "rule " + in_quotes(rule.name) + (rule.allow ? " allows it" : " denies it") +
                         in_brackets(rule.allow ? "" : rule.because))};
  }
  // Whoever may lease may do so directly, unless a rule says otherwise.
  return verb == Verb::direct ? decide(client, line, Verb::lease) : by_default(client, line, verb);
}

Verdict Policy::by_default(const Client& client, const LineFacts& line, Verb verb) const {
  const Defaults& defaults = parts_.defaults;
  const bool administrator = client.is_root() || client.uid == defaults.administrator;
  const bool for_group = is_for_the_group(verb);
  const bool allowed = administrator || is_for_everybody(verb) ||
                       (for_group && is_member(client, defaults.gpio_group));
  std::string because = "no rule applies, and by default ";
  because += is_for_everybody(verb) ? "everybody may"
             : for_group            ? "only root and the members of group gpio may"
                                    : "only root may";
  if (for_group && !defaults.gpio_group) because += " (" + why_no_group(defaults) + ")";
  if (!allowed) because += hint(client, line, verb);
  return {allowed, "default", sentence({client, line, verb}, allowed, because)};
}

/// Names a rule that would allow it, if all the names in the rule were known.
std::string Policy::hint(const Client& client, const LineFacts& line, Verb verb) const {
  const auto rule = std::ranges::find_if(parts_.rules, [&](const Rule& each) {
    return each.allow && !each.because.empty() && applies_to_some(each, client, line, verb);
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

Result<void> check(const Policy& policy, const Client& client, const LineFacts& line, Verb verb) {
  const Verdict verdict = policy.decide(client, line, verb);
  if (verdict.allowed) return {};
  return refuse(verdict.reason, "lines", verdict.why);
}

}  // namespace gpiobroker::core
