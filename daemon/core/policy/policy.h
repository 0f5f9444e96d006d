// SPDX-License-Identifier: GPL-2.0-or-later
// Decides who may do what with which line, and says what the administrator wants of each line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/line/safe_state.h"
#include "core/policy/quota.h"
#include "core/policy/rule.h"

namespace gpiobroker::core {

/// What is said of some lines. What an entry does not say, a later one that fits may.
struct LineEntry {
  std::vector<LinePattern> match;
  std::optional<bool> is_protected = {};
  std::string protected_because = {};  ///< for people
  std::optional<SafeState> safe = {};  ///< its `park` is not looked at
  std::optional<bool> park = {};
};

/// Who has rights where no rule applies: everybody may read and observe, `gpio_group` may lease,
/// share and time, `administrator` and root may do everything.
struct Defaults {
  std::optional<std::uint32_t> gpio_group = {};  ///< none: there is no such group, or not yet
  std::string no_group_because = {};             ///< for people: why there is none
  std::uint32_t administrator = 0;               ///< a user: whom the broker runs as
};

/// An answer, and why.
struct Verdict {
  bool allowed = false;
  std::string
      rule;  ///< the rule that decided: "protected", "default", "configuration", or one's own
  std::string why;                 ///< a sentence that names client, verb, line and rule
  Reason reason = Reason::denied;  ///< of the refusal, if it is not allowed
};

/// An immutable value: a reload makes another one. Default-constructed it has no rules, no entries
/// and the defaults of a system without a group gpio.
class Policy {
 public:
  struct Parts {
    std::vector<Rule> rules;       ///< the first one that applies decides
    std::vector<LineEntry> lines;  ///< of those that fit, the first one that says a thing
    Aliases aliases;
    Quotas quotas;
    Defaults defaults;
    std::optional<Refusal> closed = {};  ///< what everybody is told, root included, of all verbs
  };

  Policy() = default;
  explicit Policy(Parts parts) : parts_(std::move(parts)) {}

  /// Protection goes first, for whatever takes the line, and binds root as well; then the rules,
  /// then the defaults.
  [[nodiscard]] Verdict decide(const Client& client, const LineFacts& line, Verb verb) const;

  /// Whether there is anything to decide: as long as nobody may do anything, an alias that is not
  /// known is no reason for a refusal. Refused: what the policy was closed for.
  [[nodiscard]] Result<void> check_open() const;

  /// Where the line goes when nobody holds it, parking included.
  [[nodiscard]] SafeState safe_state(const LineFacts& line) const;

  [[nodiscard]] const Aliases& aliases() const { return parts_.aliases; }
  [[nodiscard]] const Quotas& quotas() const { return parts_.quotas; }
  [[nodiscard]] const std::vector<Rule>& rules() const { return parts_.rules; }
  [[nodiscard]] const std::vector<LineEntry>& lines() const { return parts_.lines; }

 private:
  [[nodiscard]] const LineEntry* protection(const LineFacts& line) const;
  [[nodiscard]] Verdict by_default(const Client& client, const LineFacts& line, Verb verb) const;
  [[nodiscard]] std::string hint(const Client& client, const LineFacts& line, Verb verb) const;

  Parts parts_;
};

/// decide(), with a denial as a refusal: denied, or what the policy is closed for.
[[nodiscard]] Result<void> check(const Policy& policy, const Client& client, const LineFacts& line,
                                 Verb verb);

}  // namespace gpiobroker::core
