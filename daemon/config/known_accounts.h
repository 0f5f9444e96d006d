// SPDX-License-Identifier: GPL-2.0-or-later
// The names that a configuration gives, and what is known of each.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "config/accounts.h"

namespace gpiobroker::config {

/// Looking a name up may take long, so it is not done where names are met: they are collected,
/// looked up elsewhere, and the configuration is interpreted once more with what came of it.
struct KnownAccounts {
  std::map<std::string, Account> users;
  std::map<std::string, Account> groups;

  bool operator==(const KnownAccounts&) const = default;

  /// Whether each name has its id.
  [[nodiscard]] bool complete() const;

  /// Whether each other name has.
  [[nodiscard]] bool complete_but_for_group(const std::string& name) const;
};

/// Answers from what is known. A name that is not in it is entered, in doubt for that reason.
/// `known` outlives what is returned.
[[nodiscard]] Accounts accounts_in(KnownAccounts& known, const std::string& doubt);

/// What a name in doubt was known to be before is what it is taken for.
void fill_in(KnownAccounts& known, const KnownAccounts& before);

/// Names as a text for another process, and its answers, which come to be in the same order.
[[nodiscard]] std::string to_questions(const KnownAccounts& wanted);
[[nodiscard]] std::string answer(std::string_view question, const Accounts& accounts);

/// What the answers say of the names. Those without an answer stay in doubt, for that reason.
[[nodiscard]] KnownAccounts answered(const KnownAccounts& wanted, std::string_view answers,
                                     const std::string& doubt);

/// The part of a text before the next NUL, which leaves it with that; all of it without one.
[[nodiscard]] std::string_view next_part(std::string_view& text);

}  // namespace gpiobroker::config
