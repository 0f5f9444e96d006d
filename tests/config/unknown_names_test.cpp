// SPDX-License-Identifier: GPL-2.0-or-later
// Rules that name users and groups who are not known: never laxer than if they were.
#include <gmock/gmock.h>

#include "config/configuration.h"
#include "config/test_accounts.h"
#include "unit/lines.h"

namespace gpiobroker::test {
namespace {

using core::Client;
using core::Verb;
using testing::ElementsAre;
using testing::HasSubstr;

const Client kAlice{.uid = 1000, .gids = {1000}};
const Client kMallory{.uid = 1666, .gids = {1666}};

/// Alice, gpio and the others are known; of all others it is told that there are none, or nothing.
config::Interpretation interpret(const std::string& text, const std::string& doubt = {}) {
  config::Accounts accounts = test_accounts();
  const auto in_doubt = [doubt](auto look_up) {
    return [doubt, look_up](const std::string& name) {
      config::Account account = look_up(name);
      if (!account.id) account.doubt = doubt;
      return account;
    };
  };
  accounts.user = in_doubt(accounts.user);
  accounts.group = in_doubt(accounts.group);
  auto made = config::interpret({config::parse_document("test.json", text)}, accounts);
  return std::move(made.value());
}

std::string rule(const std::string& lists, bool allow) {
  return R"({"rules": [{"name": "a", "verbs": ["lease"], )" + lists + R"(, "allow": )" +
         (allow ? "true" : "false") + R"(},
             {"name": "all", "verbs": ["lease"], "groups": [1000, 1666], "allow": true}]})";
}

bool may(const config::Interpretation& made, const Client& who) {
  return made.policy.decide(who, gpio(17), Verb::lease).allowed;
}

std::string rule_for(const config::Interpretation& made, const Client& who) {
  return made.policy.decide(who, gpio(17), Verb::lease).rule;
}

TEST(AnUnknownName, IsAWarningWithItsPlace) {
  const auto made = interpret(rule(R"("users": ["alice", "mallory"])", true));
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings.front().file, "test.json");
  EXPECT_EQ(made.warnings.front().place, "/rules/0/users/1");
  EXPECT_THAT(made.warnings.front().message, HasSubstr("there is no user 'mallory'"));
}

TEST(AnUnknownName, MakesARuleForNobodyElseVoid) {
  for (const bool allow : {true, false}) {
    for (const char* list : {R"("users": ["mallory"])", R"("groups": ["guests"])",
                             R"("users": ["alice"], "groups": ["guests"])"}) {
      const auto made = interpret(rule(list, allow));
      EXPECT_EQ(rule_for(made, kAlice), "all") << list;
      EXPECT_EQ(rule_for(made, kMallory), "all") << list;
    }
  }
}

TEST(AnUnknownName, LeavesARuleToTheOthersInIt) {
  for (const bool allow : {true, false}) {
    const auto made = interpret(rule(R"("users": ["mallory", "alice"])", allow));
    EXPECT_EQ(rule_for(made, kAlice), "a");
    EXPECT_EQ(rule_for(made, kMallory), "all");
  }
}

TEST(ANameInDoubt, IsAllowedNothing) {
  EXPECT_EQ(rule_for(interpret(rule(R"("users": ["mallory"])", true), "no answer"), kMallory),
            "all");
}

TEST(ANameInDoubt, MayBeAnybodysToWhomARuleDenies) {
  for (const char* list :
       {R"("users": ["mallory"])", R"("users": ["mallory", "bob"])", R"("groups": ["guests"])"}) {
    const auto made = interpret(rule(list, false), "no answer");
    EXPECT_FALSE(may(made, kMallory)) << list;
    EXPECT_FALSE(may(made, kAlice)) << list;
    EXPECT_THAT(made.policy.decide(kAlice, gpio(17), Verb::lease).why,
                HasSubstr("(no answer), so it holds for everybody"));
  }
}

TEST(ANameInDoubt, LeavesWhatElseTheRuleAsksFor) {
  const auto made =
      interpret(rule(R"("users": ["mallory"], "groups": ["adm"])", false), "no answer");
  EXPECT_TRUE(may(made, kMallory));
  EXPECT_FALSE(may(made, {.uid = 1, .gids = {4, 1000}}));
}

TEST(AnUnknownName, IsExemptFromNothing) {
  const auto made = interpret(R"({"quotas": {"exempt": ["alice", "mallory"]}})");
  EXPECT_THAT(made.policy.quotas().exempt, ElementsAre(1000));
  EXPECT_EQ(made.warnings.front().place, "/quotas/exempt/1");
}

}  // namespace
}  // namespace gpiobroker::test
