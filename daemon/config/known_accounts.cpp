// SPDX-License-Identifier: GPL-2.0-or-later
// A question is "uNAME" or "gNAME", an answer "=ID", "-" for no such name, or "?WHY"; each ends
// with a NUL, which is in no name.
#include "config/known_accounts.h"

#include <algorithm>
#include <charconv>

namespace gpiobroker::config {
namespace {

using Names = std::map<std::string, Account>;

/// Whether no account can have that name, so that it is not asked for.
bool is_no_name(const std::string& name) {
  return name.find('\0') != std::string::npos;
}

bool all_have_ids(const Names& names) {
  return std::ranges::all_of(names, [](const auto& each) { return each.second.id.has_value(); });
}

Account entered(Names& names, const std::string& name, const std::string& doubt) {
  if (is_no_name(name)) return {};
  return names.try_emplace(name, Account{.id = {}, .doubt = doubt}).first->second;
}

void fill_in(Names& names, const Names& before) {
  for (auto& [name, account] : names) {
    const auto earlier = before.find(name);
    const bool helps = earlier != before.end() && earlier->second.doubt.empty();
    if (!account.doubt.empty() && helps) account = earlier->second;
  }
}

void ask(std::string& questions, char kind, const Names& names) {
  for (const auto& [name, account] : names) questions += kind + name + '\0';
}

std::string to_text(const Account& account) {
  if (account.id) return "=" + std::to_string(*account.id);
  return account.doubt.empty() ? "-" : "?" + account.doubt;
}

Account parse(std::string_view text, const std::string& doubt) {
  if (text == "-") return {};
  if (text.starts_with('?')) return {.id = {}, .doubt = std::string(text.substr(1))};
  std::uint32_t id = 0;
  const auto parsed = std::from_chars(text.data() + std::min<std::size_t>(text.size(), 1),
                                      text.data() + text.size(), id);
  const bool right =
      text.starts_with('=') && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return right ? Account{.id = id} : Account{.id = {}, .doubt = doubt};
}

/// Reads the answers; one that is cut off counts as none, and is in doubt.
void take(Names& names, std::string_view& answers, const std::string& doubt) {
  for (auto& [name, account] : names) {
    const bool whole = answers.find('\0') != std::string_view::npos;
    account = whole ? parse(next_part(answers), doubt) : Account{.id = {}, .doubt = doubt};
  }
}

}  // namespace

bool KnownAccounts::complete() const {
  return all_have_ids(users) && all_have_ids(groups);
}

bool KnownAccounts::complete_but_for_group(const std::string& name) const {
  KnownAccounts others = *this;
  others.groups.erase(name);
  return others.complete();
}

Accounts accounts_in(KnownAccounts& known, const std::string& doubt) {
  return {.user = [&known, doubt](const auto& name) { return entered(known.users, name, doubt); },
          .group = [&known, doubt](const auto& name) { return entered(known.groups, name, doubt); },
          .own = system_accounts().own};
}

void fill_in(KnownAccounts& known, const KnownAccounts& before) {
  fill_in(known.users, before.users);
  fill_in(known.groups, before.groups);
}

std::string to_questions(const KnownAccounts& wanted) {
  std::string questions;
  ask(questions, 'u', wanted.users);
  ask(questions, 'g', wanted.groups);
  return questions;
}

std::string answer(std::string_view question, const Accounts& accounts) {
  const bool is_user = question.starts_with('u');
  const std::string name(question.substr(std::min<std::size_t>(question.size(), 1)));
  return to_text(is_user ? accounts.user(name) : accounts.group(name)) + '\0';
}

KnownAccounts answered(const KnownAccounts& wanted, std::string_view answers,
                       const std::string& doubt) {
  KnownAccounts known = wanted;
  take(known.users, answers, doubt);
  take(known.groups, answers, doubt);
  return known;
}

std::string_view next_part(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find('\0'));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

}  // namespace gpiobroker::config
