// SPDX-License-Identifier: GPL-2.0-or-later
// Where lines go that nobody holds any more, and lines that the broker holds on to.
#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Bias;
using core::SafeState;

class ALineWithASafeState : public BrokerTest {
 protected:
  core::Change choose(LineId line, const SafeState& state) {
    core::SafeStates states;
    states.set(line, state);
    return broker_.parking().set_safe_states(states, kNow).value();
  }

  void lease_and_die(const Specs& lines) {
    lease(kAlice, lines);
    broker_.goodbye(kAlice.name, kNow);
  }

  bool is_driven_low(LineId line) { return pin(line).driven && !pin(line).high; }
};

TEST_F(ALineWithASafeState, BecomesAnInputThatPulls) {
  choose(kGpio17, {.bias = Bias::pull_down});
  lease_and_die({"GPIO17", "GPIO27"});
  EXPECT_FALSE(pin(kGpio17).driven);
  EXPECT_EQ(pin(kGpio17).pull, Bias::pull_down);
  EXPECT_TRUE(is_safe(kGpio27)) << "nothing was chosen for it";
}

TEST_F(ALineWithASafeState, IsDrivenToItsSafeLevel) {
  choose(kGpio17, {.kind = SafeState::Kind::output, .value = Value::inactive});
  lease_and_die({"GPIO17"});
  EXPECT_TRUE(is_driven_low(kGpio17));
  EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
}

TEST_F(ALineWithASafeState, GoesToALevelOfTheWireEvenIfItWasLeasedActiveLow) {
  choose(kGpio17, {.kind = SafeState::Kind::output, .value = Value::inactive});
  LineSettings settings = kHigh;
  settings.active_low = true;
  acquire(kAlice, {"GPIO17"}, settings).value();
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(is_driven_low(kGpio17));
}

TEST_F(ALineWithASafeState, IsLeftAloneIfItIsToBeKept) {
  choose(kGpio17, {.kind = SafeState::Kind::keep});
  lease(kAlice, {"GPIO17", "GPIO27"});
  record();
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_THAT(acquire(kBob, {"GPIO17"}, kInput), Succeeds());
}

TEST_F(ALineWithASafeState, StaysHeldIfItIsToBeKeptSoThatItsDriverCannotChangeIt) {
  pi_.stop_driving_on_release();
  choose(kGpio17, {.kind = SafeState::Kind::keep});
  lease_and_die({"GPIO17"});
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ALineWithASafeState, GetsItFromThePolicy) {
  core::Policy::Parts parts;
  parts.lines.push_back({.match = {core::LinePattern::parse("GPIO17").value()},
                         .safe = SafeState{.bias = Bias::pull_up},
                         .park = true});
  broker_.parking().apply(core::Policy(parts), kNow).value();
  EXPECT_EQ(pin(kGpio17).pull, Bias::pull_up);
  EXPECT_TRUE(info(kGpio17).used);
  broker_.parking().apply({}, kNow).value();
  EXPECT_FALSE(info(kGpio17).used) << "let go by the next policy, which says nothing of it";
}

class AParkedLine : public ALineWithASafeState {
 protected:
  static constexpr SafeState kParked{.bias = Bias::pull_up, .park = true};
};

TEST_F(AParkedLine, IsHeldAndSafeFromTheStart) {
  const auto change = choose(kGpio17, kParked);
  EXPECT_TRUE(info(kGpio17).used);
  EXPECT_EQ(info(kGpio17).consumer, "gpiobroker:parked");
  EXPECT_EQ(pin(kGpio17).pull, Bias::pull_up);
  EXPECT_THAT(change.lines, ElementsAre(kGpio17));
}

TEST_F(AParkedLine, CanBeLeasedAndIsHeldAgainAfterwards) {
  choose(kGpio17, kParked);
  record();
  lease(kAlice, {"GPIO17"});
  EXPECT_TRUE(pin(kGpio17).high);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_FALSE(pin(kGpio17).driven);
  EXPECT_TRUE(info(kGpio17).used);
  EXPECT_THAT(changes(), ElementsAre("configure GPIO17 output=1", "configure GPIO17 input pull-up"))
      << "never open to anybody else";
}

TEST_F(AParkedLine, IsHeldAfterItsFirstLeaseIfItWasLeasedBefore) {
  lease(kAlice, {"GPIO17"});
  choose(kGpio17, kParked);
  EXPECT_TRUE(pin(kGpio17).high) << "a running lease goes on";
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(info(kGpio17).used);
  EXPECT_EQ(pin(kGpio17).pull, Bias::pull_up);
}

TEST_F(AParkedLine, IsLetGoWhenItIsNotToBeParkedAnyMore) {
  choose(kGpio17, kParked);
  broker_.parking().set_safe_states({}, kNow).value();
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(AParkedLine, StaysParkedWhenALeaseIsRefused) {
  choose(kGpio17, kParked);
  pi_.faults().fail_nth(1,
                        {.reason = Reason::unsupported});  // it is held: only configuring is left
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kHigh), RefusedFor(Reason::unsupported));
  EXPECT_TRUE(info(kGpio17).used);
  broker_.parking().set_safe_states({}, kNow).value();
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(AParkedLine, IsLetGoAfterItsLeaseIfItIsNotToBeParkedAnyMore) {
  choose(kGpio17, kParked);
  lease(kAlice, {"GPIO17"});
  broker_.parking().set_safe_states({}, kNow).value();
  EXPECT_TRUE(pin(kGpio17).high);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(AParkedLine, CanBeReadWithoutALeaseAndStaysParked) {
  choose(kGpio17, kParked);
  access_.read_lines(kAlice, {"GPIO17"}).value();
  EXPECT_TRUE(info(kGpio17).used);
  EXPECT_EQ(pin(kGpio17).pull, Bias::pull_up);
}

TEST_F(AParkedLine, IsLeftToAProgramThatHasItAlready) {
  pi_.use_from_outside(kGpio17.offset, "spi0");
  const auto change = choose(kGpio17, kParked);
  ASSERT_EQ(change.park_failures.size(), 1U);
  EXPECT_THAT(change.park_failures.front().why, testing::HasSubstr("spi0"));
}

TEST_F(AParkedLine, CanStayDrivenAtItsSafeLevel) {
  choose(kGpio17, {.kind = SafeState::Kind::output, .value = Value::active, .park = true});
  EXPECT_TRUE(pin(kGpio17).high);
  lease_and_die({"GPIO17"});
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_TRUE(info(kGpio17).used);
}

}  // namespace
}  // namespace gpiobroker::test
