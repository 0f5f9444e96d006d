// SPDX-License-Identifier: GPL-2.0-or-later
// Giving lines back: some or all of them, once or twice, one's own and no others.
#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

class ABroker : public BrokerTest {
 protected:
  LeaseId lease_ = lease(kAlice, {"GPIO17", "GPIO27", "EXP3"});
};

TEST_F(ABroker, ResetsAndClosesWhatIsReleased) {
  record();
  const auto change = release(kAlice, lease_);
  EXPECT_THAT(record(),
              ElementsAre("configure GPIO17 safe, GPIO27 safe", "info GPIO17", "info GPIO27",
                          "configure EXP3 safe", "info EXP3", "close GPIO17 GPIO27", "close EXP3"));
  EXPECT_THAT(change.lines, UnorderedElementsAre(kGpio17, kGpio27, kExp3));
  for (const LineId line : {kGpio17, kGpio27, kExp3}) EXPECT_TRUE(is_safe(line));
}

TEST_F(ABroker, EndsALeaseWithItsLastLine) {
  const auto change = release(kAlice, lease_);
  ASSERT_EQ(change.ended.size(), 1U);
  EXPECT_EQ(change.ended.front().id, lease_);
  EXPECT_EQ(change.ended.front().holder.name, kAlice.name);
  EXPECT_EQ(change.ended.front().reason, EndReason::released);
  EXPECT_THAT(change.shrunk, IsEmpty());
  EXPECT_EQ(broker_.leases().find(lease_), nullptr);
}

TEST_F(ABroker, ReleasesOneLineAndLeavesTheOthersAlone) {
  record();
  const auto change = release(kAlice, lease_, {"GPIO27"});
  EXPECT_THAT(record(), ElementsAre("configure GPIO17 output=1, GPIO27 safe", "info GPIO27"));
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_THAT(change.shrunk, ElementsAre(lease_));
  EXPECT_THAT(change.ended, IsEmpty());
  EXPECT_THAT(change.lines, ElementsAre(kGpio27));
  EXPECT_THAT(lines_of(lease_), ElementsAre("GPIO17", "EXP3"));
}

TEST_F(ABroker, KnowsALineByAnyNameWhenItIsReleased) {
  release(kAlice, lease_, {"J8:11", "gpio-expander:3"});
  EXPECT_THAT(lines_of(lease_), ElementsAre("GPIO27"));
}

TEST_F(ABroker, TakesASecondReleaseOfALineForNoError) {
  release(kAlice, lease_, {"GPIO27"});
  record();
  const auto again = broker_.release(kAlice, lease_, {"GPIO27"}, kNow);
  ASSERT_THAT(again, Succeeds());
  EXPECT_THAT(again->lines, IsEmpty());
  EXPECT_THAT(again->shrunk, IsEmpty());
  EXPECT_THAT(record(), IsEmpty());
}

TEST_F(ABroker, TouchesNoLaterLeaseWithASecondRelease) {
  release(kAlice, lease_, {"GPIO27"});
  const LeaseId later = lease(kBob, {"GPIO27"});
  release(kAlice, lease_, {"GPIO27"});
  EXPECT_TRUE(pin(kGpio27).driven);
  EXPECT_THAT(lines_of(later), ElementsAre("GPIO27"));
}

TEST_F(ABroker, LeasesAPartedLineFromWhereItIs) {
  release(kAlice, lease_, {"GPIO27"});
  record();
  lease(kBob, {"GPIO27"});
  EXPECT_THAT(changes(), ElementsAre("configure GPIO17 output=1, GPIO27 output=1"));
  EXPECT_TRUE(pin(kGpio27).high);
}

TEST_F(ABroker, RefusesToReleaseALineOfAnotherLeaseAndThenReleasesNone) {
  lease(kAlice, {"GPIO4"});
  record();
  EXPECT_THAT(broker_.release(kAlice, lease_, {"GPIO17", "GPIO4"}, kNow),
              RefusedFor(Reason::not_in_lease, "line 'GPIO4' is not in lease"));
  EXPECT_THAT(broker_.release(kAlice, lease_, {"GPIO17", "fan"}, kNow),
              RefusedFor(Reason::no_such_line));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABroker, AnswersTheSameForAnothersLeaseAndForNone) {
  const auto others = broker_.release(kBob, lease_, {}, kNow);
  const auto none = broker_.release(kBob, LeaseId{4711}, {}, kNow);
  EXPECT_THAT(others, RefusedFor(Reason::no_such_lease));
  EXPECT_THAT(none, RefusedFor(Reason::no_such_lease));
  EXPECT_EQ(others.error().field, none.error().field);
  EXPECT_EQ(others.error().message, "no lease " + std::to_string(lease_.value));
  EXPECT_EQ(none.error().message, "no lease 4711");
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ABroker, LetsRootReleaseAnybodysLease) {
  EXPECT_THAT(broker_.lease_for(kRoot, lease_), Succeeds());
  release(kRoot, lease_);
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ABroker, DoesNotTakeANameForRoot) {
  EXPECT_THAT(broker_.lease_for({.name = kRoot.name, .uid = kBob.uid}, lease_),
              RefusedFor(Reason::no_such_lease));
}

TEST_F(ABroker, ReleasesByLineWhatTheCallerHolds) {
  const LeaseId other = lease(kAlice, {"GPIO4"});
  const auto change = broker_.release_held(kAlice, {"GPIO4", "GPIO27"}, kNow);
  ASSERT_THAT(change, Succeeds());
  ASSERT_EQ(change->ended.size(), 1U);
  EXPECT_EQ(change->ended.front().id, other);
  EXPECT_THAT(change->shrunk, ElementsAre(lease_));
  EXPECT_TRUE(is_safe(kGpio4) && is_safe(kGpio27));
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ABroker, ReleasesAllThatTheCallerHolds) {
  lease(kAlice, {"GPIO4"});
  lease(kBob, {"GPIO22"});
  EXPECT_EQ(broker_.release_held(kAlice, {}, kNow)->ended.size(), 2U);
  EXPECT_THAT(broker_.leases().of_holder(kAlice.name), IsEmpty());
  EXPECT_TRUE(pin(kGpio22).driven);
}

TEST_F(ABroker, TakesAReleaseOfALineThatIsNotHeldForNoError) {
  record();
  const auto others = broker_.release_held(kBob, {"GPIO17"}, kNow);
  const auto nobodys = broker_.release_held(kAlice, {"GPIO4"}, kNow);
  ASSERT_THAT(others, Succeeds());
  ASSERT_THAT(nobodys, Succeeds());
  EXPECT_THAT(others->lines, IsEmpty());
  EXPECT_THAT(record(), IsEmpty());
  EXPECT_TRUE(pin(kGpio17).driven);
}

/// A second chip has come with a line of the same name.
class ALineWhoseNameIsNotItsOwnAnyMore : public ABroker {
 protected:
  ALineWhoseNameIsNotItsOwnAnyMore() { board_.attach(twin_.attachable()); }

  FakeChip twin_{
      {.name = "gpiochip2", .label = "twin", .path = "", .line_count = 1}, record_, {"GPIO17"}};
};

TEST_F(ALineWhoseNameIsNotItsOwnAnyMore, IsKnownByItToItsHolder) {
  EXPECT_THAT(access_.set_values(kAlice, lease_, {{"GPIO17", Value::inactive}}, kNow), Succeeds());
  EXPECT_THAT(access_.get_values(kAlice, lease_, {"GPIO17"}), Succeeds());
  EXPECT_EQ(broker_.expiry().find(kAlice, "GPIO17"), lease_);
  release(kAlice, lease_, {"GPIO17"});
  EXPECT_TRUE(is_safe(kGpio17));
  release(kAlice, lease_, {"GPIO17"});
  EXPECT_THAT(lines_of(lease_), ElementsAre("GPIO27", "EXP3"));
}

TEST_F(ALineWhoseNameIsNotItsOwnAnyMore, IsReleasedByItWithoutItsLease) {
  EXPECT_THAT(broker_.release_held(kAlice, {"GPIO17"}, kNow), Succeeds());
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ALineWhoseNameIsNotItsOwnAnyMore, IsAmbiguousToOthers) {
  EXPECT_THAT(broker_.release_held(kBob, {"GPIO17"}, kNow), RefusedFor(Reason::ambiguous_line));
}

TEST_F(ABroker, RefusesToReleaseALineThatThereIsNot) {
  EXPECT_THAT(broker_.release_held(kAlice, {"fan"}, kNow), RefusedFor(Reason::no_such_line));
}

class ARevokedLease : public BrokerTest {};

TEST_F(ARevokedLease, IsOverAndResetAndSaysWhy) {
  (void)lease(kAlice, {"GPIO17", "EXP3"});
  const auto change = broker_.revoke(kRoot, "GPIO17", "the house is on fire", kNow);
  ASSERT_EQ(change->ended.size(), 1U);
  EXPECT_EQ(change->ended.at(0).reason, EndReason::revoked);
  EXPECT_EQ(change->ended.at(0).details, "the house is on fire");
  EXPECT_TRUE(change->ended.at(0).attached) << "its holder is to be told";
  EXPECT_TRUE(is_safe(kGpio17) && is_safe(kExp3));
}

TEST_F(ARevokedLease, NeedsSomebodyWhoMayRevoke) {
  (void)lease(kAlice, {"GPIO17"});
  EXPECT_THAT(broker_.revoke(kBob, "GPIO17", "", kNow),
              RefusedFor(Reason::denied, "may not revoke"));
  EXPECT_NE(broker_.leases().of_line(kGpio17), nullptr);
}

TEST_F(ARevokedLease, HasToBeThere) {
  EXPECT_THAT(broker_.revoke({.uid = 0}, "GPIO17", "", kNow), RefusedFor(Reason::no_such_lease));
}

}  // namespace
}  // namespace gpiobroker::test
