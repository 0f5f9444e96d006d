// SPDX-License-Identifier: GPL-2.0-or-later
// What one file says, as the policy that it makes.
#include <gmock/gmock.h>

#include "config/interpreter.h"
#include "config/schema.h"
#include "config/test_accounts.h"
#include "unit/lines.h"

namespace gpiobroker::test {
namespace {

using core::Client;
using core::SafeState;
using core::Verb;
using testing::ElementsAre;

core::Policy policy_of(const std::vector<const char*>& texts) {
  const config::Accounts accounts = test_accounts();
  config::Interpreter interpreter(accounts);
  std::vector<config::Document> documents;
  for (const char* text : texts) {
    documents.push_back(config::parse_document("test.json", text).value());
    EXPECT_TRUE(config::check_schema(documents.back()).empty()) << text;
    interpreter.add_aliases(documents.back());
  }
  for (const config::Document& document : documents) interpreter.add(document);
  EXPECT_TRUE(interpreter.problems().empty());
  return std::move(interpreter).policy();
}

TEST(AConfiguration, WithoutContentIsTheDefault) {
  const core::Policy policy = policy_of({"{}"});
  EXPECT_TRUE(policy.rules().empty());
  EXPECT_EQ(policy.quotas(), (core::Quotas{.exempt = {0, 0}}));
  EXPECT_TRUE(policy.decide({.uid = 7, .gids = {997}}, gpio(17), Verb::lease).allowed);
  EXPECT_FALSE(policy.decide({.uid = 7, .gids = {996}}, gpio(17), Verb::lease).allowed);
}

TEST(AConfiguration, MayHaveComments) {
  EXPECT_TRUE(policy_of({"{ // one\n /* two */ \"rules\": [] }"}).rules().empty());
}

TEST(AConfiguration, NamesUsersAndGroupsOrGivesNumbers) {
  const core::Policy policy = policy_of({R"({"rules": [{"name": "a", "users": ["alice", 4711],
      "groups": ["audio", 12], "units": ["fan.service"], "verbs": ["lease", "read"],
      "allow": true}]})"});
  const core::Rule& rule = policy.rules().front();
  EXPECT_THAT(rule.users, ElementsAre(1000, 4711));
  EXPECT_THAT(rule.groups, ElementsAre(29, 12));
  EXPECT_THAT(rule.units, ElementsAre("fan.service"));
  EXPECT_THAT(rule.verbs, testing::UnorderedElementsAre(Verb::read, Verb::lease));
  EXPECT_TRUE(rule.allow);
}

TEST(AConfiguration, SpeaksOfLinesByAlias) {
  const core::Policy policy = policy_of({R"({"aliases": {"fan": "J8:11"},
      "lines": [{"match": ["fan"], "protected": "it cools"}],
      "rules": [{"name": "a", "lines": ["fan"], "verbs": ["read"], "allow": false}]})"});
  EXPECT_EQ(policy.aliases().at("fan"), "J8:11");
  EXPECT_EQ(policy.decide({.uid = 0}, gpio(17), Verb::lease).rule, "protected");
  EXPECT_EQ(policy.decide({.uid = 0}, gpio(17), Verb::read).rule, "a");
  EXPECT_EQ(policy.decide({.uid = 0}, gpio(18), Verb::read).rule, "default");
}

TEST(AConfiguration, ChoosesSafeStates) {
  const core::Policy policy = policy_of({R"({"lines": [
      {"match": ["GPIO2"], "safe": "keep"},
      {"match": ["GPIO3"], "safe": {"direction": "input"}},
      {"match": ["GPIO4"], "safe": {"direction": "input", "bias": "pull-down"}, "park": true},
      {"match": ["GPIO5"], "safe": {"direction": "output", "value": 0}},
      {"match": ["GPIO6"], "safe": {"direction": "output", "value": 1}}]})"});
  using Kind = SafeState::Kind;
  EXPECT_EQ(policy.safe_state(gpio(2)), SafeState{.kind = Kind::keep});
  EXPECT_EQ(policy.safe_state(gpio(3)), SafeState{});
  EXPECT_EQ(policy.safe_state(gpio(4)), (SafeState{.bias = core::Bias::pull_down, .park = true}));
  EXPECT_EQ(policy.safe_state(gpio(5)), (SafeState{.kind = Kind::output}));
  EXPECT_EQ(policy.safe_state(gpio(6)),
            (SafeState{.kind = Kind::output, .value = core::Value::active}));
}

TEST(AConfiguration, SetsQuotasOneByOne) {
  const core::Quotas quotas = policy_of({R"({"quotas": {
      "user": {"leases": 3, "calls-per-second": "unlimited"},
      "client": {"lines": 7, "edges": 9}, "exempt": ["alice", 12]}})"})
                                  .quotas();
  EXPECT_EQ(quotas.user,
            (core::Limits{.leases = 3, .lines = 256, .calls_per_second = {}, .edges = 131'072}));
  EXPECT_EQ(quotas.client,
            (core::Limits{.leases = 64, .lines = 7, .calls_per_second = 5000, .edges = 9}));
  EXPECT_THAT(quotas.exempt, ElementsAre(1000, 12));
}

class AFileOverAnother : public testing::Test {
 protected:
  core::Policy policy_ = policy_of({R"({"aliases": {"fan": "GPIO17", "lamp": "GPIO18"},
           "quotas": {"user": {"leases": 3, "lines": 4}},
           "rules": [{"name": "first", "lines": ["fan"], "verbs": ["lease"], "allow": true},
                     {"name": "second", "verbs": ["lease"], "allow": true}],
           "lines": [{"match": ["*"], "safe": "keep"}]})",
                                    R"({"aliases": {"fan": "GPIO27"},
           "quotas": {"user": {"lines": 5}},
           "rules": [{"name": "third", "lines": ["lamp"], "verbs": ["lease"], "allow": false},
                     {"name": "fourth", "verbs": ["share"], "allow": false}],
           "lines": [{"match": ["fan"], "safe": {"direction": "input"}}]})"});
};

TEST_F(AFileOverAnother, HasItsRulesConsultedFirst) {
  std::vector<std::string> names;
  for (const core::Rule& rule : policy_.rules()) names.push_back(rule.name);
  EXPECT_THAT(names, ElementsAre("third", "fourth", "first", "second"));
}

TEST_F(AFileOverAnother, HasItsEntriesConsultedFirst) {
  EXPECT_EQ(policy_.safe_state(gpio(27)), SafeState{});
  EXPECT_EQ(policy_.safe_state(gpio(17)).kind, SafeState::Kind::keep);
}

TEST_F(AFileOverAnother, ReplacesAliasesByNameAlsoInEarlierRules) {
  EXPECT_EQ(policy_.aliases().at("fan"), "GPIO27");
  EXPECT_EQ(policy_.aliases().at("lamp"), "GPIO18");
  EXPECT_EQ(policy_.decide({.uid = 7}, gpio(27), Verb::lease).rule, "first");
  EXPECT_EQ(policy_.decide({.uid = 7}, gpio(18), Verb::lease).rule, "third");
}

TEST_F(AFileOverAnother, ReplacesQuotasOneByOne) {
  EXPECT_EQ(policy_.quotas().user,
            (core::Limits{.leases = 3, .lines = 5, .calls_per_second = 10'000, .edges = 131'072}));
}

}  // namespace
}  // namespace gpiobroker::test
