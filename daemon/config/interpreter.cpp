// SPDX-License-Identifier: GPL-2.0-or-later
// Reads each kind of object in a function of its own. The schema was checked before, so types and
// keys are right.
#include "config/interpreter.h"

#include "config/alias.h"
#include "core/base/text.h"
#include "core/line/vocabulary.h"

namespace gpiobroker::config {
namespace {

/// What decides where no rule of the administrator's does; see Verdict.
bool is_reserved(const std::string& name) {
  return name == "default" || name == "protected" || name == "configuration";
}

void read_limit(const Json& limits, const char* key, core::Limit& limit) {
  const auto value = limits.find(key);
  if (value == limits.end()) return;
  limit = value->is_string() ? core::Limit() : core::Limit(value->get<std::uint32_t>());
}

void read_limits(const Json& quotas, const char* whose, core::Limits& limits) {
  const auto found = quotas.find(whose);
  if (found == quotas.end()) return;
  read_limit(*found, "leases", limits.leases);
  read_limit(*found, "lines", limits.lines);
  read_limit(*found, "calls-per-second", limits.calls_per_second);
  read_limit(*found, "edges", limits.edges);
}

std::string why_unknown(const char* kind, const std::string& name, const Account& account) {
  const std::string who = std::string(kind) + " " + core::in_quotes(name);
  if (account.doubt.empty()) return "there is no " + who + " on this system";
  return who + " is not known (" + account.doubt + ")";
}

template <class T>
void put_first(std::vector<T>& list, std::vector<T> more) {
  list.insert(list.begin(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

}  // namespace

Interpreter::Interpreter(const Accounts& accounts) : accounts_(accounts) {
  const Account gpio = accounts.group("gpio");
  parts_.defaults = {.gpio_group = gpio.id,
                     .no_group_because = gpio.id ? "" : why_unknown("group", "gpio", gpio),
                     .administrator = accounts.own};
  parts_.quotas.exempt.push_back(accounts.own);
}

Interpreter::Place Interpreter::Place::operator/(const char* key) const {
  return {file, pointer / key, value.at(key)};
}

Interpreter::Place Interpreter::Place::operator/(std::size_t index) const {
  return {file, pointer / index, value.at(index)};
}

void Interpreter::note(const Place& at, std::string message) {
  problems_.push_back({at.file, at.pointer.to_string(), std::move(message)});
}

void Interpreter::add_aliases(const Document& document) {
  if (!document.content.contains("aliases")) return;
  for (const auto& [alias, line] : document.content.at("aliases").items()) {
    parts_.aliases.insert_or_assign(alias, line.get<std::string>());
  }
}

void Interpreter::add(const Document& document) {
  const Place root{document.file, Json::json_pointer(), document.content};
  if (root.has("aliases")) {
    const Place aliases = root / "aliases";
    for (const auto& [alias, line] : aliases.value.items()) {
      const std::string fault = fault_of_alias(alias, line.get<std::string>(), parts_.aliases);
      if (!fault.empty()) note(aliases / alias.c_str(), fault);
    }
  }
  if (root.has("rules")) {
    std::vector<core::Rule> rules;
    const Place list = root / "rules";
    for (std::size_t i = 0; i < list.value.size(); ++i) rules.push_back(rule(list / i));
    put_first(parts_.rules, std::move(rules));
  }
  if (root.has("lines")) {
    std::vector<core::LineEntry> entries;
    const Place list = root / "lines";
    for (std::size_t i = 0; i < list.value.size(); ++i) entries.push_back(entry(list / i));
    put_first(parts_.lines, std::move(entries));
  }
  if (root.has("quotas")) read_quotas(root / "quotas");
}

core::Rule Interpreter::rule(const Place& at) {
  core::Rule rule{.name = at.value.at("name").get<std::string>(),
                  .users = {},
                  .groups = {},
                  .units = at.value.value("units", std::vector<std::string>()),
                  .lines = {},
                  .verbs = {},
                  .allow = at.value.at("allow").get<bool>()};
  if (is_reserved(rule.name)) {
    note(at / "name", core::in_quotes(rule.name) + " is what verdicts without a rule cite");
  } else if (!rule_names_.insert(rule.name).second) {
    note(at / "name", "another rule is called " + core::in_quotes(rule.name) + " as well");
  }
  if (at.has("users")) fill_in(rule, rule.users, ids(at / "users", "user", accounts_.user));
  if (at.has("groups")) fill_in(rule, rule.groups, ids(at / "groups", "group", accounts_.group));
  if (at.has("lines")) rule.lines = patterns(at / "lines");
  for (const Json& word : at.value.at("verbs")) {
    if (const auto verb = core::verb_from_word(word.get<std::string>())) rule.verbs.insert(*verb);
  }
  return rule;
}

core::LineEntry Interpreter::entry(const Place& at) {
  core::LineEntry entry{.match = patterns(at / "match")};
  if (at.has("safe")) entry.safe = safe_state(at.value.at("safe"));
  if (at.has("park")) entry.park = at.value.at("park").get<bool>();
  if (!at.has("protected")) return entry;
  const Json& reason = at.value.at("protected");
  entry.is_protected = reason.is_string();
  if (reason.is_string()) entry.protected_because = reason.get<std::string>();
  return entry;
}

core::SafeState Interpreter::safe_state(const Json& value) {
  using Kind = core::SafeState::Kind;
  if (value.is_string()) return {.kind = Kind::keep};
  if (value.at("direction") == "output") {
    const bool high = value.at("value") == 1;
    return {.kind = Kind::output, .value = high ? core::Value::active : core::Value::inactive};
  }
  const auto bias = core::from_word<core::Bias>(value.value("bias", "disabled"));
  return {.kind = Kind::input, .bias = bias.value_or(core::Bias::disabled)};
}

void Interpreter::read_quotas(const Place& at) {
  read_limits(at.value, "user", parts_.quotas.user);
  read_limits(at.value, "client", parts_.quotas.client);
  if (at.has("exempt")) parts_.quotas.exempt = ids(at / "exempt", "user", accounts_.user).ids;
}

NamedIds Interpreter::ids(const Place& list, const char* kind, const LookUp& look_up) {
  NamedIds named;
  for (std::size_t i = 0; i < list.value.size(); ++i) {
    const Json& entry = list.value.at(i);
    if (entry.is_number()) {
      named.ids.push_back(entry.get<std::uint32_t>());
      continue;
    }
    const auto name = entry.get<std::string>();
    const Account account = look_up(name);
    if (account.id) {
      named.ids.push_back(*account.id);
    } else {
      add_unknown(named, list / i, why_unknown(kind, name, account), !account.doubt.empty());
    }
  }
  return named;
}

void Interpreter::add_unknown(NamedIds& named, const Place& at, const std::string& why,
                              bool in_doubt) {
  if (!named.unknown.empty()) named.unknown += ", and ";
  named.unknown += why;
  named.in_doubt |= in_doubt;
  const char* const until =
      in_doubt ? ": until it is, a rule allows it nothing, and one that denies denies everybody"
               : ": until there is, it is left out, and a rule for nobody else is void";
  warnings_.push_back({at.file, at.pointer.to_string(), why + until});
}

std::vector<core::LinePattern> Interpreter::patterns(const Place& list) {
  std::vector<core::LinePattern> patterns;
  for (std::size_t i = 0; i < list.value.size(); ++i) {
    const auto text = list.value.at(i).get<std::string>();
    const auto alias = parts_.aliases.find(text);
    auto pattern = core::LinePattern::parse(alias == parts_.aliases.end() ? text : alias->second);
    if (pattern) {
      patterns.push_back(std::move(*pattern));
    } else if (alias == parts_.aliases.end()) {  // else the alias is what is wrong
      note(list / i, pattern.error().message);
    }
  }
  return patterns;
}

}  // namespace gpiobroker::config
