// SPDX-License-Identifier: GPL-2.0-or-later
// The policy where it counts: in what the broker does and refuses.
#include "core/broker/explain.h"
#include "core/policy/wanted_states.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::LinePattern;
using core::Policy;
using core::Verb;

core::Rule rule_for(const char* line, Verb verb, bool allow) {
  return {.name = "the rule",
          .users = {},
          .groups = {},
          .units = {},
          .lines = {LinePattern::parse(line).value()},
          .verbs = {verb},
          .allow = allow};
}

class ABrokerWithAPolicy : public BrokerTest {
 protected:
  void set_rules(std::vector<core::Rule> rules) {
    parts_.rules = std::move(rules);
    broker_.set_policy(Policy(parts_));
  }

  Policy::Parts parts_{.rules = {},
                       .lines = {},
                       .aliases = {},
                       .quotas = {},
                       .defaults = {.gpio_group = kGpioGroup}};
};

TEST_F(ABrokerWithAPolicy, GrantsNothingToStrangers) {
  EXPECT_THAT(acquire(kCarol, {"GPIO17"}, kHigh),
              RefusedFor(Reason::denied, "user 1002 may not lease gpiochip0:17 'GPIO17'"));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABrokerWithAPolicy, SaysThatItIsClosedBeforeItSaysAnythingOfALine) {
  parts_.closed = core::Refusal{Reason::misconfigured, "lines", "the file is wrong"};
  broker_.set_policy(Policy(parts_));
  for (const char* spec : {"GPIO17", "an alias in that file"}) {
    EXPECT_THAT(acquire(kAlice, {spec}, kHigh), RefusedFor(Reason::misconfigured, "is wrong"));
  }
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABrokerWithAPolicy, GrantsAllOfARequestOrNothing) {
  set_rules({rule_for("GPIO17", Verb::lease, false)});
  EXPECT_THAT(acquire(kAlice, {"GPIO4", "GPIO17"}, kHigh),
              RefusedFor(Reason::denied, "rule 'the rule' denies it"));
  EXPECT_FALSE(pin(kGpio4).driven);
  EXPECT_THAT(acquire(kAlice, {"GPIO4"}, kHigh), Succeeds());
}

TEST_F(ABrokerWithAPolicy, IsNotDeceivedByAnotherNameForALine) {
  set_rules({rule_for("GPIO17", Verb::lease, false)});
  parts_.aliases = {{"fan", "GPIO17"}};
  broker_.set_policy(Policy(parts_));
  for (const char* spec : {"GPIO17", "BCM17", "J8:11", "BOARD11", "gpiochip0:17", "fan"}) {
    EXPECT_THAT(acquire(kAlice, {spec}, kHigh), RefusedFor(Reason::denied)) << spec;
  }
}

TEST_F(ABrokerWithAPolicy, TellsStrangersNothingOfTheHolder) {
  lease(kAlice, {"GPIO17"});
  EXPECT_THAT(acquire(kCarol, {"GPIO17"}, kHigh), RefusedFor(Reason::denied));
}

TEST_F(ABrokerWithAPolicy, BelievesTheVouchedUnitAlone) {
  core::Rule rule = rule_for("GPIO17", Verb::lease, true);
  rule.units = {"peek.service"};
  set_rules({rule});
  Client carol = kCarol;
  carol.unit = "peek.service";
  EXPECT_THAT(acquire(carol, {"GPIO17"}, kHigh), RefusedFor(Reason::denied));
  carol.vouched_unit = "peek.service";
  EXPECT_THAT(acquire(carol, {"GPIO17"}, kHigh), Succeeds());
}

TEST_F(ABrokerWithAPolicy, ReadsWhatTheCallerMayRead) {
  set_rules({rule_for("GPIO17", Verb::read, false)});
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO4"}), Succeeds());
  changes();
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO4", "GPIO17"}),
              RefusedFor(Reason::denied, "may not read"));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABrokerWithAPolicy, LeavesLeasesAloneWhenThePolicyChanges) {
  const LeaseId id = lease(kAlice, {"GPIO17"});
  set_rules({rule_for("*", Verb::lease, false)});
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(access_.set_values(kAlice, id, {{"GPIO17", Value::inactive}}, kNow), Succeeds());
  release(kAlice, id);
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kHigh), RefusedFor(Reason::denied));
}

TEST_F(ABrokerWithAPolicy, KnowsLinesByAlias) {
  parts_.aliases = {{"fan", "J8:11"}, {"gone", "gpiochip7:1"}};
  broker_.set_policy(Policy(parts_));
  const LeaseId id = lease(kAlice, {"fan"});
  EXPECT_NE(broker_.leases().of_line(kGpio17), nullptr);
  EXPECT_THAT(lines_of(id), ElementsAre("fan"));
  EXPECT_THAT(acquire(kBob, {"gone"}, kHigh),
              RefusedFor(Reason::no_such_line, "alias 'gone': line 'gpiochip7:1' not found"));
}

TEST_F(ABrokerWithAPolicy, GivesAnAliasBeforeANameOfALine) {
  parts_.aliases = {{"GPIO4", "GPIO17"}};
  broker_.set_policy(Policy(parts_));
  EXPECT_EQ(broker_.board().directory().find("GPIO4"), kGpio17);
}

TEST_F(ABrokerWithAPolicy, StopsAGreedyClientAndNoOther) {
  parts_.quotas.client.leases = 1;
  broker_.set_policy(Policy(parts_));
  lease(kAlice, {"GPIO17"});
  EXPECT_THAT(acquire(kAlice, {"GPIO27"}, kHigh), RefusedFor(Reason::quota_exceeded));
  EXPECT_FALSE(pin(kGpio27).driven);
  EXPECT_THAT(acquire(kBob, {"GPIO27"}, kHigh), Succeeds());
}

TEST_F(ABrokerWithAPolicy, AdmitsCallsWithinTheQuota) {
  parts_.quotas.client.calls_per_second = 1;
  broker_.set_policy(Policy(parts_));
  EXPECT_THAT(broker_.admit_call(kAlice, kNow), Succeeds());
  EXPECT_THAT(broker_.admit_call(kAlice, kNow), RefusedFor(Reason::quota_exceeded));
  EXPECT_THAT(broker_.admit_call(kBob, kNow), Succeeds());
}

TEST_F(ABrokerWithAPolicy, ExplainsItself) {
  const auto verdict = core::explain(broker_, kCarol, "J8:11", "lease").value();
  EXPECT_FALSE(verdict.allowed);
  EXPECT_EQ(verdict.rule, "default");
  EXPECT_TRUE(core::explain(broker_, kAlice, "EXP3", "lease").value().allowed);
}

TEST_F(ABrokerWithAPolicy, ExplainsOnlyWhatItKnows) {
  EXPECT_THAT(core::explain(broker_, {}, "GPIO17", "leese"),
              RefusedFor(Reason::invalid_value, "verb 'leese' is not accepted: read, lease"));
  EXPECT_THAT(core::explain(broker_, {}, "GPIO99", "lease"), RefusedFor(Reason::no_such_line));
}

TEST_F(ABrokerWithAPolicy, WantsSafeStatesOfTheLinesThatThereAre) {
  const core::SafeState keep{.kind = core::SafeState::Kind::keep};
  parts_.lines = {
      {.match = {LinePattern::parse("J8:11").value(), LinePattern::parse("gpiochip9:1").value()},
       .safe = keep}};
  const auto wanted = core::wanted_states(Policy(parts_), broker_.board());
  EXPECT_EQ(wanted.chosen().size(), 1U);
  EXPECT_EQ(wanted.of(kGpio17), keep);
}

}  // namespace
}  // namespace gpiobroker::test
