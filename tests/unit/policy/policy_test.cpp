// SPDX-License-Identifier: GPL-2.0-or-later
// Who may do what: protection, rules, defaults, and the words for them.
#include "core/policy/policy.h"

#include "unit/lines.h"
#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::Client;
using core::LineEntry;
using core::LinePattern;
using core::Policy;
using core::Rule;
using core::SafeState;
using core::Verb;
using testing::HasSubstr;

constexpr std::uint32_t kGroupOfGpio = 997;
constexpr std::uint32_t kAudioGroup = 29;

const Client kRoot{.uid = 0, .gids = {0}};
const Client kMember{.uid = 1000, .gids = {1000, kGroupOfGpio}};
const Client kStranger{.uid = 1001, .gids = {1001}};

constexpr std::array kAllVerbs{Verb::read,    Verb::lease, Verb::share, Verb::observe,
                               Verb::persist, Verb::time,  Verb::revoke};

std::vector<LinePattern> patterns(const std::vector<const char*>& texts) {
  std::vector<LinePattern> list;
  for (const char* text : texts) list.push_back(LinePattern::parse(text).value());
  return list;
}

Rule allowing(std::string name, const std::vector<const char*>& lines) {
  return {.name = std::move(name),
          .users = {},
          .groups = {},
          .units = {},
          .lines = patterns(lines),
          .verbs = {Verb::lease},
          .allow = true};
}

Rule denying(std::string name, const std::vector<const char*>& lines) {
  Rule rule = allowing(std::move(name), lines);
  rule.allow = false;
  return rule;
}

LineEntry entry_for(const std::vector<const char*>& lines) {
  return {.match = patterns(lines)};
}

Policy policy_of(std::vector<Rule> rules, std::vector<LineEntry> lines = {}) {
  return Policy({.rules = std::move(rules),
                 .lines = std::move(lines),
                 .aliases = {},
                 .quotas = {},
                 .defaults = {.gpio_group = kGroupOfGpio}});
}

std::vector<Verb> verbs_of(const Policy& policy, const Client& client) {
  std::vector<Verb> verbs;
  for (const Verb verb : kAllVerbs) {
    if (policy.decide(client, gpio(17), verb).allowed) verbs.push_back(verb);
  }
  return verbs;
}

TEST(APolicy, LetsEverybodyLookByDefault) {
  EXPECT_THAT(verbs_of(policy_of({}), kStranger), testing::ElementsAre(Verb::read, Verb::observe));
}

TEST(APolicy, LetsTheGroupLeaseByDefault) {
  EXPECT_THAT(
      verbs_of(policy_of({}), kMember),
      testing::ElementsAre(Verb::read, Verb::lease, Verb::share, Verb::observe, Verb::time));
}

TEST(APolicy, LetsRootDoEverythingByDefault) {
  EXPECT_THAT(verbs_of(policy_of({}), kRoot), testing::ElementsAreArray(kAllVerbs));
}

TEST(APolicy, LetsWhoRunsTheBrokerDoEverythingByDefault) {
  const Policy policy({.rules = {},
                       .lines = {},
                       .aliases = {},
                       .quotas = {},
                       .defaults = {.gpio_group = {}, .administrator = kStranger.uid}});
  EXPECT_THAT(verbs_of(policy, kStranger), testing::ElementsAreArray(kAllVerbs));
  EXPECT_THAT(verbs_of(policy, kMember), testing::ElementsAre(Verb::read, Verb::observe));
}

TEST(APolicy, KnowsNoGroupWithoutAConfiguration) {
  EXPECT_THAT(verbs_of(Policy(), kMember), testing::ElementsAre(Verb::read, Verb::observe));
  EXPECT_THAT(Policy().decide(kMember, gpio(17), Verb::lease).why,
              HasSubstr("this system has no group gpio"));
}

TEST(APolicy, LetsTheFirstMatchingRuleDecide) {
  const Policy policy = policy_of({denying("not the fan", {"GPIO17"}), allowing("all", {"GPIO*"})});
  EXPECT_FALSE(policy.decide(kMember, gpio(17), Verb::lease).allowed);
  EXPECT_TRUE(policy.decide(kStranger, gpio(18), Verb::lease).allowed);
}

TEST(APolicy, BindsRootByItsRules) {
  EXPECT_FALSE(policy_of({denying("nobody", {"*"})}).decide(kRoot, gpio(17), Verb::lease).allowed);
}

TEST(APolicy, AppliesARuleToItsVerbsAlone) {
  const Policy policy = policy_of({denying("nobody", {"*"})});
  EXPECT_TRUE(policy.decide(kStranger, gpio(17), Verb::read).allowed);
  EXPECT_TRUE(policy.decide(kMember, gpio(17), Verb::share).allowed);
}

TEST(APolicy, AppliesARuleWithoutLinesToAll) {
  EXPECT_TRUE(
      policy_of({allowing("all", {})}).decide(kStranger, expander_line(0), Verb::lease).allowed);
}

TEST(APolicy, AppliesARuleToItsUsers) {
  Rule rule = allowing("strangers", {"*"});
  rule.users = {5, kStranger.uid};
  const Policy policy = policy_of({rule});
  EXPECT_EQ(policy.decide(kStranger, gpio(17), Verb::lease).rule, "strangers");
  EXPECT_EQ(policy.decide(kMember, gpio(17), Verb::lease).rule, "default");
}

TEST(APolicy, AppliesARuleToAnyOfAClientsGroups) {
  Rule rule = allowing("audio", {"*"});
  rule.groups = {5, kAudioGroup};
  const Policy policy = policy_of({rule});
  EXPECT_TRUE(policy.decide({.uid = 7, .gids = {7, kAudioGroup}}, gpio(17), Verb::lease).allowed);
  EXPECT_FALSE(policy.decide({.uid = kAudioGroup, .gids = {7}}, gpio(17), Verb::lease).allowed);
}

TEST(APolicy, AppliesARuleToUnitsThatAreKnown) {
  Rule rule = allowing("fans", {"*"});
  rule.units = {"fan@*.service"};
  const Policy policy = policy_of({rule});
  const auto may = [&](const char* unit) {
    return policy.decide({.uid = 7, .gids = {}, .vouched_unit = unit}, gpio(17), Verb::lease)
        .allowed;
  };
  EXPECT_TRUE(may("fan@left.service"));
  EXPECT_FALSE(may("fan.service"));
  EXPECT_FALSE(may(""));
}

TEST(APolicy, AppliesARuleToAnUnknownUnitByNoPattern) {
  Rule rule = allowing("any unit", {"*"});
  rule.units = {"*"};
  EXPECT_FALSE(policy_of({rule}).decide(kStranger, gpio(17), Verb::lease).allowed);
}

TEST(APolicy, WantsAllOfARulesListsToFit) {
  Rule rule = allowing("members in fan.service", {"GPIO17"});
  rule.groups = {kAudioGroup};
  rule.units = {"fan.service"};
  const Policy policy = policy_of({rule});
  Client client{.uid = 7, .gids = {kAudioGroup}, .vouched_unit = "fan.service"};
  EXPECT_TRUE(policy.decide(client, gpio(17), Verb::lease).allowed);
  EXPECT_FALSE(policy.decide(client, gpio(18), Verb::lease).allowed);
  client.gids.clear();
  EXPECT_FALSE(policy.decide(client, gpio(17), Verb::lease).allowed);
}

TEST(APolicy, SaysWhichRuleDecides) {
  const Policy policy = policy_of({denying("not the fan", {"GPIO17"}), allowing("all", {})});
  EXPECT_EQ(policy.decide(kMember, gpio(17), Verb::lease).why,
            "user 1000 may not lease gpiochip0:17 'GPIO17': rule 'not the fan' denies it");
  EXPECT_EQ(policy
                .decide({.uid = 7, .gids = {}, .vouched_unit = "fan.service"}, expander_line(3),
                        Verb::lease)
                .why,
            "user 7 in unit 'fan.service' may lease gpiochip4:3: rule 'all' allows it");
}

TEST(APolicy, SaysWhatTheDefaultIs) {
  const Policy policy = policy_of({});
  EXPECT_EQ(policy.decide(kStranger, gpio(17), Verb::lease).why,
            "user 1001 may not lease gpiochip0:17 'GPIO17': no rule applies, and by default only "
            "root and the members of group gpio may");
  EXPECT_THAT(policy.decide(kMember, gpio(17), Verb::revoke).why, HasSubstr("only root may"));
  EXPECT_THAT(policy.decide(kMember, gpio(17), Verb::read).why, HasSubstr("everybody may"));
}

TEST(APolicy, RefusesWhatItDeniesWithItsReason) {
  EXPECT_THAT(check(policy_of({}), kStranger, gpio(17), Verb::lease),
              RefusedFor(core::Reason::denied, "user 1001 may not lease"));
  EXPECT_THAT(check(policy_of({}), kMember, gpio(17), Verb::lease), Succeeds());
}

TEST(AVoidRule, AppliesToNobodyAndIsHintedAtWhereItWouldAllow) {
  Rule rule = allowing("hers", {"GPIO17"});
  rule.is_void = true;
  rule.because = "there is no user 'alice' on this system";
  const auto verdict = policy_of({rule}).decide(kStranger, gpio(17), Verb::lease);
  EXPECT_FALSE(verdict.allowed);
  EXPECT_EQ(verdict.rule, "default");
  EXPECT_THAT(verdict.why, HasSubstr("; rule 'hers' allows it to some: there is no user 'alice'"));
  EXPECT_THAT(policy_of({rule}).decide(kStranger, gpio(18), Verb::lease).why,
              testing::Not(HasSubstr("alice")));
  rule.allow = false;
  EXPECT_TRUE(policy_of({rule}).decide(kMember, gpio(17), Verb::lease).allowed);
}

TEST(ARuleThatDeniesMoreThanItSays, SaysWhy) {
  Rule rule = denying("not alice", {"GPIO17"});
  rule.because = "user 'alice' is not known, so it holds for everybody";
  EXPECT_THAT(policy_of({rule}).decide(kMember, gpio(17), Verb::lease).why,
              HasSubstr("rule 'not alice' denies it (user 'alice' is not known, so it holds"));
}

TEST(AClosedPolicy, AllowsNothingToAnybody) {
  Policy::Parts parts{
      .rules = {allowing("all", {"*"})}, .lines = {}, .aliases = {}, .quotas = {}, .defaults = {}};
  parts.closed = core::Refusal{core::Reason::misconfigured, "lines", "the file is wrong"};
  const Policy policy(std::move(parts));
  for (const Verb verb : kAllVerbs) {
    EXPECT_THAT(check(policy, kRoot, gpio(17), verb),
                RefusedFor(core::Reason::misconfigured, "the file is wrong"));
  }
  EXPECT_EQ(policy.decide(kRoot, gpio(17), Verb::read).rule, "configuration");
}

class AProtectedLine : public testing::Test {
 protected:
  static LineEntry protecting(const std::vector<const char*>& lines) {
    LineEntry entry = entry_for(lines);
    entry.is_protected = true;
    entry.protected_because = "HAT EEPROM";
    return entry;
  }
};

TEST_F(AProtectedLine, IsTakenByNobody) {
  const Policy policy = policy_of({allowing("all", {"*"})}, {protecting({"ID_S*"})});
  for (const Verb verb : {Verb::lease, Verb::share, Verb::persist, Verb::time}) {
    const auto verdict = policy.decide(kRoot, pi_line(0, "ID_SDA"), verb);
    EXPECT_FALSE(verdict.allowed) << to_word(verb);
    EXPECT_EQ(verdict.rule, "protected");
  }
  EXPECT_TRUE(policy.decide(kRoot, gpio(17), Verb::lease).allowed);
}

TEST_F(AProtectedLine, CanBeLookedAt) {
  const Policy policy = policy_of({}, {protecting({"ID_S*"})});
  EXPECT_TRUE(policy.decide(kStranger, pi_line(0, "ID_SDA"), Verb::read).allowed);
}

TEST_F(AProtectedLine, SaysWhy) {
  EXPECT_EQ(
      policy_of({}, {protecting({"ID_S*"})}).decide(kRoot, pi_line(0, "ID_SDA"), Verb::lease).why,
      "user 0 may not lease gpiochip0:0 'ID_SDA': the line is protected from everybody "
      "(HAT EEPROM)");
}

TEST_F(AProtectedLine, IsOpenedByAnEarlierEntry) {
  LineEntry open = entry_for({"GPIO17"});
  open.is_protected = false;
  const Policy policy = policy_of({}, {open, protecting({"*"})});
  EXPECT_TRUE(policy.decide(kRoot, gpio(17), Verb::lease).allowed);
  EXPECT_FALSE(policy.decide(kRoot, gpio(18), Verb::lease).allowed);
}

TEST(ALinesSafeState, FloatsUnlessSomethingIsSaid) {
  EXPECT_EQ(policy_of({}).safe_state(gpio(17)), SafeState{});
}

TEST(ALinesSafeState, IsTheFirstThatIsSaidOfTheLine) {
  LineEntry fan = entry_for({"GPIO17"});
  fan.safe = SafeState{.kind = SafeState::Kind::output, .value = core::Value::active};
  LineEntry header = entry_for({"GPIO*"});
  header.safe = SafeState{.kind = SafeState::Kind::keep};
  header.park = true;
  const Policy policy = policy_of({}, {fan, header});
  EXPECT_EQ(
      policy.safe_state(gpio(17)),
      (SafeState{.kind = SafeState::Kind::output, .value = core::Value::active, .park = true}));
  EXPECT_EQ(policy.safe_state(gpio(18)), (SafeState{.kind = SafeState::Kind::keep, .park = true}));
  EXPECT_EQ(policy.safe_state(expander_line(0)), SafeState{});
}

TEST(ALinesSafeState, CanBeParkedOrNotByAnEarlierEntry) {
  LineEntry not_this = entry_for({"GPIO17"});
  not_this.park = false;
  LineEntry all = entry_for({"*"});
  all.park = true;
  const Policy policy = policy_of({}, {not_this, all});
  EXPECT_FALSE(policy.safe_state(gpio(17)).park);
  EXPECT_TRUE(policy.safe_state(gpio(18)).park);
}

}  // namespace
}  // namespace gpiobroker::test
