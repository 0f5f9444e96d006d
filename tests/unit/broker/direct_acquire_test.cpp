// SPDX-License-Identifier: GPL-2.0-or-later
// Who is granted a direct lease, of which lines.
#include "core/broker/acquire_check.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

using core::SafeState;

class ADirectLease : public DirectTest {
 protected:
  core::Result<LeaseId> acquire_as(core::Access access, const LineSettings& settings) {
    core::AcquireRequest request = request_for({"GPIO17"}, settings);
    request.access = access;
    return broker_.acquire(kAlice, request, now_);
  }

  void choose(LineId line, const SafeState& state) {
    core::SafeStates states = broker_.safe_states();
    states.set(line, state);
    EXPECT_THAT(broker_.parking().set_safe_states(states, now_), Succeeds());
  }
};

TEST_F(ADirectLease, IsExclusive) {
  EXPECT_THAT(acquire_as(core::Access::shared, kInput),
              RefusedFor(Reason::invalid_setting, "exclusive"));
  EXPECT_THAT(acquire_as(core::Access::observe, {}),
              RefusedFor(Reason::invalid_setting, "exclusive"));
}

TEST_F(ADirectLease, HasNoEdgeTimeout) {
  core::AcquireRequest request = request_for({"GPIO17"}, kInput);
  request.edge_timeout = milliseconds(1);
  EXPECT_THAT(broker_.acquire(kAlice, request, now_),
              RefusedFor(Reason::invalid_setting, "edge-timeout-ms"));
}

TEST_F(ADirectLease, IsRefusedForALineThatDoesNotEndAsAnInput) {
  choose(kGpio17, {.kind = SafeState::Kind::output});
  choose(kGpio27, {.kind = SafeState::Kind::keep});
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}), RefusedFor(Reason::unsupported, "safe state"));
  EXPECT_THAT(acquire(kAlice, {"GPIO27"}), RefusedFor(Reason::unsupported, "safe state"));
  choose(kGpio17, {.bias = core::Bias::pull_up});
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}), Succeeds());
}

TEST_F(ADirectLease, IsRefusedForASimulatedChip) {
  pi_.stop_handing_out();
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}), RefusedFor(Reason::unsupported, "simulated"));
  EXPECT_THAT(acquire_plainly(kAlice, {"GPIO17"}), Succeeds());
}

TEST_F(ADirectLease, IsRefusedToWhomThePolicyDeniesIt) {
  const core::Rule rule{.name = "no short cuts",
                        .users = {},
                        .groups = {},
                        .units = {},
                        .lines = {},
                        .verbs = {core::Verb::direct},
                        .allow = false};
  broker_.set_policy(core::Policy({.rules = {rule},
                                   .lines = {},
                                   .aliases = {},
                                   .quotas = {},
                                   .defaults = {.gpio_group = kGpioGroup}}));
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}), RefusedFor(Reason::denied, "direct"));
  EXPECT_THAT(acquire_plainly(kAlice, {"GPIO17"}), Succeeds());
}

TEST_F(ADirectLease, IsRefusedForALineThatWasPartedFromOthers) {
  const LeaseId other = acquire_plainly(kAlice, {"GPIO17", "GPIO27"}).value();
  release(kAlice, other, {"GPIO27"});
  EXPECT_THAT(acquire(kBob, {"GPIO27"}), RefusedFor(Reason::busy, "held together"));
  EXPECT_THAT(acquire_plainly(kBob, {"GPIO27"}), Succeeds());
}

TEST_F(ADirectLease, IsRefusedForALineThatIsParkedWithOthersAndGrantedForAllOfThem) {
  choose(kGpio17, {.park = true});
  choose(kGpio27, {.park = true});
  const core::RequestId parked_alone = broker_.held().id_of(kGpio17);
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}), Succeeds());
  EXPECT_EQ(broker_.held().id_of(kGpio17), parked_alone);
  broker_.goodbye(kAlice.name, now_);

  core::SafeStates none;
  EXPECT_THAT(broker_.parking().set_safe_states(none, now_), Succeeds());
  const LeaseId both = acquire_plainly(kAlice, {"GPIO17", "GPIO27"}).value();
  choose(kGpio17, {.park = true});
  choose(kGpio27, {.park = true});
  release(kAlice, both);
  EXPECT_THAT(acquire(kBob, {"GPIO17"}), RefusedFor(Reason::busy, "parked with"));
  EXPECT_THAT(acquire(kBob, {"GPIO27", "GPIO17"}), Succeeds());
}

TEST_F(ADirectLease, CountsAgainstItsUserAsLongAsSomebodyMayDriveItsLines) {
  core::Policy::Parts parts{.rules = {},
                            .lines = {},
                            .aliases = {},
                            .quotas = {},
                            .defaults = {.gpio_group = kGpioGroup}};
  parts.quotas.user.leases = 2;
  parts.quotas.user.lines = 3;
  broker_.set_policy(core::Policy(parts));
  open(kAlice, {"GPIO17", "GPIO27"});
  revoke("GPIO17");
  EXPECT_THAT(acquire_plainly(kAlice, {"GPIO4", "GPIO22"}), RefusedFor(Reason::quota_exceeded));
  EXPECT_THAT(acquire_plainly(kAlice, {"GPIO4"}), Succeeds());
  EXPECT_THAT(acquire_plainly(kAlice, {"GPIO22"}), RefusedFor(Reason::quota_exceeded));
  broker_.goodbye(kAlice.name, now_);
  broker_.direct().opener_gone(kAlice.name, now_);
  wait(kObserved);
  EXPECT_THAT(acquire_plainly(kAlice, {"GPIO4", "GPIO22"}), Succeeds());
}

TEST_F(ADirectLease, CountsAgainstItsUserWhoIsOfferedMore) {
  core::Policy::Parts parts{.rules = {},
                            .lines = {},
                            .aliases = {},
                            .quotas = {},
                            .defaults = {.gpio_group = kGpioGroup}};
  parts.quotas.user.lines = 2;
  broker_.set_policy(core::Policy(parts));
  const LeaseId offered = acquire_plainly(kBob, {"GPIO4"}).value();
  open(kAlice, {"GPIO17", "GPIO27"});
  revoke("GPIO17");
  EXPECT_THAT(broker_.transfer().offer(kBob, offered, kAlice.name), Succeeds());
  EXPECT_THAT(broker_.transfer().accept(kAlice, offered, now_), RefusedFor(Reason::quota_exceeded));
}

}  // namespace
}  // namespace gpiobroker::test
