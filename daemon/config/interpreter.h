// SPDX-License-Identifier: GPL-2.0-or-later
// Makes a policy of documents that fit the schema.
#pragma once

#include <functional>
#include <set>

#include "config/accounts.h"
#include "config/document.h"
#include "config/named_ids.h"
#include "core/policy/policy.h"

namespace gpiobroker::config {

/// Takes documents one after the other, each over those before. Notes all that is wrong rather
/// than stop at the first.
class Interpreter {
 public:
  explicit Interpreter(const Accounts& accounts);

  /// Before the first add(): rules may name an alias of any document.
  void add_aliases(const Document& document);
  void add(const Document& document);

  [[nodiscard]] Problems& problems() { return problems_; }

  /// What is no problem but may not be what was meant: names that are not known.
  [[nodiscard]] Problems& warnings() { return warnings_; }

  /// What all documents come to, if there are no problems.
  [[nodiscard]] core::Policy policy() && { return core::Policy(std::move(parts_)); }

 private:
  /// A value in a document.
  struct Place {
    const std::string& file;
    Json::json_pointer pointer;
    const Json& value;

    [[nodiscard]] Place operator/(const char* key) const;
    [[nodiscard]] Place operator/(std::size_t index) const;
    [[nodiscard]] bool has(const char* key) const { return value.contains(key); }
  };
  using LookUp = std::function<Account(const std::string&)>;

  core::Rule rule(const Place& at);
  core::LineEntry entry(const Place& at);
  static core::SafeState safe_state(const Json& value);
  void read_quotas(const Place& at);
  NamedIds ids(const Place& list, const char* kind, const LookUp& look_up);
  void add_unknown(NamedIds& named, const Place& at, const std::string& why, bool in_doubt);
  std::vector<core::LinePattern> patterns(const Place& list);
  void note(const Place& at, std::string message);

  const Accounts& accounts_;
  core::Policy::Parts parts_;
  std::set<std::string> rule_names_;
  Problems problems_;
  Problems warnings_;
};

}  // namespace gpiobroker::config
