// SPDX-License-Identifier: GPL-2.0-or-later
// The example that the documentation shows.
#include "config/configuration.h"

#include <gmock/gmock.h>

#include "config/test_accounts.h"
#include "unit/lines.h"

namespace gpiobroker::test {
namespace {

using core::SafeState;
using core::Verb;

class TheExample : public testing::Test {
 protected:
  static core::Policy load() {
    auto loaded = config::load_files({GPIOBROKER_EXAMPLE}, test_accounts());
    if (loaded) return loaded->policy;
    for (const config::Problem& problem : loaded.error()) ADD_FAILURE() << to_text(problem);
    return {};
  }

  [[nodiscard]] std::string rule_for(const core::Client& who, const core::LineFacts& line,
                                     Verb verb = Verb::lease) const {
    const core::Verdict verdict = policy_.decide(who, line, verb);
    return verdict.rule + (verdict.allowed ? " allows" : " denies");
  }

  core::Policy policy_ = load();
  const core::Client alice_{.uid = 1000, .gids = {1000, 997}};
  const core::Client maintainer_{.uid = 1001, .gids = {1001, 4}};
  const core::Client fan_service_{.uid = 1001, .gids = {1001}, .vouched_unit = "fan@left.service"};
};

TEST_F(TheExample, KeepsTheFanRunning) {
  EXPECT_EQ(policy_.aliases().at("fan"), "GPIO17");
  EXPECT_EQ(
      policy_.safe_state(gpio(17)),
      (SafeState{.kind = SafeState::Kind::output, .value = core::Value::active, .park = true}));
  EXPECT_EQ(rule_for(fan_service_, gpio(17)), "the fan is its service's allows");
  EXPECT_EQ(rule_for(alice_, gpio(17)), "the fan is nobody else's denies");
  EXPECT_EQ(rule_for(alice_, gpio(17), Verb::read), "default allows");
}

TEST_F(TheExample, ProtectsTheEeprom) {
  EXPECT_EQ(rule_for({.uid = 0}, pi_line(0, "ID_SDA")), "protected denies");
}

TEST_F(TheExample, LetsMaintainersRevoke) {
  EXPECT_EQ(rule_for(maintainer_, gpio(22), Verb::revoke), "maintainers allows");
  EXPECT_EQ(rule_for(alice_, gpio(22), Verb::revoke), "default denies");
}

TEST_F(TheExample, LeavesTheRestToTheDefaults) {
  EXPECT_EQ(rule_for(alice_, gpio(22)), "default allows");
  EXPECT_EQ(rule_for(fan_service_, gpio(22)), "default denies");
  EXPECT_EQ(policy_.quotas().user.leases, 32U);
  EXPECT_EQ(policy_.quotas().user.lines, 256U);
}

}  // namespace
}  // namespace gpiobroker::test
