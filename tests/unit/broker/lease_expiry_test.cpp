// SPDX-License-Identifier: GPL-2.0-or-later
// Leases that live as long as something else than their connection, on a clock that the test turns.
#include "core/broker/broker.h"

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Change;
using core::LifetimeKind;
using core::Reason;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

/// Alice again, on a connection of its own.
const Client kAliceAgain{.name = {":1.50"},
                         .uid = kAlice.uid,
                         .pid = 12,
                         .unit = "",
                         .command = "busctl",
                         .gids = kAlice.gids};

class ALifetime : public BrokerTest {
 protected:
  core::Result<LeaseId> acquire_for(const core::Lifetime& lifetime) {
    return broker_.acquire(
        kAlice, {.lines = {{"GPIO17", kHigh}}, .consumer = "", .lifetime = lifetime}, kNow);
  }

  LeaseId lease_for(const core::Lifetime& lifetime) { return acquire_for(lifetime).value(); }

  bool is_there(LeaseId id) { return broker_.leases().find(id) != nullptr; }

  static EndReason reason_of(const Change& change) { return change.ended.at(0).reason; }

  core::LeaseExpiry& lifetimes_ = broker_.expiry();
};

TEST_F(ALifetime, OfAConnectionEndsWithIt) {
  const LeaseId id = lease_for({});
  EXPECT_EQ(reason_of(broker_.goodbye(kAlice.name, kNow)), EndReason::holder_gone);
  EXPECT_FALSE(is_there(id));
}

TEST_F(ALifetime, OfAnyOtherKindIsToldOfWhenItsHolderHasLeft) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  const Change change = broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(change.detached, ElementsAre(id));
  EXPECT_THAT(change.ended, IsEmpty());
}

TEST_F(ALifetime, OfAnyOtherKindOutlivesItsConnection) {
  for (const LifetimeKind kind : {LifetimeKind::process, LifetimeKind::fd}) {
    const LeaseId id = lease_for({.kind = kind});
    EXPECT_THAT(broker_.goodbye(kAlice.name, kNow).ended, IsEmpty());
    EXPECT_TRUE(is_there(id));
    (void)lifetimes_.ended(id, EndReason::process_gone, kNow);
  }
}

TEST_F(ALifetime, OfAnyOtherKindIsToldOfWithoutTheProcessThatIsGone) {
  lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(9)});
  (void)broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(
      broker_.acquire(kBob, {.lines = {{"GPIO17", kHigh}}, .consumer = "", .lifetime = {}}, kNow),
      RefusedFor(Reason::busy,
                 "'GPIO17' is held by uid 1000, by command 'blink', which has left, with a "
                 "lifetime of its own (ttl), lease "));
}

TEST_F(ALifetime, OfAProcessEndsWithItAndResetsItsLines) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  const Change change = lifetimes_.ended(id, EndReason::process_gone, kNow);
  EXPECT_EQ(reason_of(change), EndReason::process_gone);
  EXPECT_EQ(change.resets, 1U);
  EXPECT_FALSE(is_there(id));
}

TEST_F(ALifetime, EndsOnce) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  (void)release(kAlice, id);
  EXPECT_THAT(lifetimes_.ended(id, EndReason::process_gone, kNow).ended, IsEmpty());
}

TEST_F(ALifetime, OfATimeEndsWhenItIsOver) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(10)});
  EXPECT_EQ(lifetimes_.next_expiry(), kNow + seconds(10));
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(10) - Instant(1)).ended, IsEmpty());
  EXPECT_TRUE(is_there(id));
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(10))), EndReason::expired);
  EXPECT_EQ(lifetimes_.next_expiry(), std::nullopt);
}

TEST_F(ALifetime, OfATimeStartsAnewWhenItIsKeptAlive) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(10)});
  EXPECT_THAT(lifetimes_.keep_alive(kAlice, id, kNow + seconds(9)), Succeeds());
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(18)).ended, IsEmpty());
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(19)).ended, testing::SizeIs(1));
}

TEST_F(ALifetime, OfATimeIsNotProlongedByUse) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(10)});
  EXPECT_THAT(lifetimes_.use(kAlice, id, kNow + seconds(9)), Succeeds());
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(10)).ended, testing::SizeIs(1));
}

TEST_F(ALifetime, CannotBeProlongedByAnother) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(10)});
  EXPECT_THAT(lifetimes_.keep_alive(kBob, id, kNow + seconds(9)),
              RefusedFor(Reason::no_such_lease));
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(10)).ended, testing::SizeIs(1));
}

TEST_F(ALifetime, WithAHeartbeatEndsWhenItsHolderHangs) {
  const LeaseId id = lease_for({.heartbeat = seconds(2)});
  EXPECT_THAT(lifetimes_.use(kAlice, id, kNow + seconds(1)), Succeeds());
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(2)).ended, IsEmpty());
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(3))), EndReason::hung);
}

TEST_F(ALifetime, WithAHeartbeatHasAnotherIntervalAfterTheBrokersOwnAbsence) {
  const LeaseId id = lease_for({.heartbeat = seconds(2)});
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(60), kNow + seconds(2)).ended, IsEmpty());
  EXPECT_EQ(lifetimes_.next_expiry(), kNow + seconds(62));
  EXPECT_THAT(lifetimes_.use(kAlice, id, kNow + seconds(61)), Succeeds());
  EXPECT_EQ(lifetimes_.next_expiry(), kNow + seconds(63));
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(63))), EndReason::hung);
}

TEST_F(ALifetime, WithAHeartbeatIsForgivenOnceUntilItsHolderGivesASignOfLife) {
  const LeaseId id = lease_for({.heartbeat = seconds(2)});
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(10), kNow + seconds(2)).ended, IsEmpty());
  EXPECT_THAT(lifetimes_.use(kAlice, id, kNow + seconds(11)), Succeeds());
  EXPECT_THAT(lifetimes_.expire(kNow + seconds(20), kNow + seconds(13)).ended, IsEmpty());
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(30), kNow + seconds(22))), EndReason::hung);
}

TEST_F(ALifetime, WithAHeartbeatDoesNotCountHowOftenTheBrokerWasHeldUpBeforeItCameToHearIt) {
  const LeaseId id = lease_for({.heartbeat = milliseconds(500)});
  auto now = kNow + milliseconds(190);
  for (int held_up = 0; held_up < 4; ++held_up) {
    const auto due = lifetimes_.next_look(now).value();
    now += milliseconds(250);
    EXPECT_THAT(lifetimes_.expire(now, due).ended, IsEmpty()) << held_up;
  }
  EXPECT_THAT(lifetimes_.use(kAlice, id, now), Succeeds());
  EXPECT_EQ(reason_of(lifetimes_.expire(now + milliseconds(500))), EndReason::hung);
}

TEST_F(ALifetime, WithAHeartbeatIsLookedAfterOftenEnoughToKnowOfAnAbsenceThatIsShorter) {
  (void)lease_for({.heartbeat = seconds(2)});
  EXPECT_EQ(lifetimes_.next_look(kNow), kNow + milliseconds(500));
  EXPECT_THAT(lifetimes_.expire(kNow + milliseconds(1900), kNow + milliseconds(500)).ended,
              IsEmpty());
  EXPECT_EQ(lifetimes_.next_expiry(), kNow + milliseconds(3900));
  EXPECT_EQ(lifetimes_.next_look(kNow + milliseconds(3800)), kNow + milliseconds(3900));
}

TEST_F(ALifetime, WithAShortHeartbeatIsNotLookedAfterAllTheTime) {
  (void)lease_for({.heartbeat = milliseconds(40)});
  EXPECT_EQ(lifetimes_.next_look(kNow), kNow + milliseconds(25));
}

TEST_F(ALifetime, OfATimeIsNotProlongedByTheBrokersOwnAbsence) {
  (void)lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(10)});
  EXPECT_EQ(lifetimes_.next_look(kNow), kNow + seconds(10));
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(60), kNow + seconds(10))),
            EndReason::expired);
}

TEST_F(ALifetime, EndsForWhatComesFirst) {
  (void)lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(3), .heartbeat = seconds(2)});
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(5))), EndReason::hung);
  (void)lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(1), .heartbeat = seconds(2)});
  EXPECT_EQ(reason_of(lifetimes_.expire(kNow + seconds(5))), EndReason::expired);
}

TEST_F(ALifetime, BeyondAConnectionLetsTheSameUserGoOn) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  (void)broker_.goodbye(kAlice.name, kNow);
  EXPECT_EQ(lifetimes_.find(kAliceAgain, "GPIO17").value(), id);
  EXPECT_THAT(lifetimes_.use(kAliceAgain, id, kNow)->taken_over, ElementsAre(id));
  EXPECT_EQ(broker_.leases().find(id)->holder.pid, kAliceAgain.pid);
  EXPECT_THAT(lifetimes_.use(kAliceAgain, id, kNow)->taken_over, IsEmpty()) << "has it";
}

TEST_F(ALifetime, BeyondAConnectionIsNobodyElses) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  (void)broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(lifetimes_.use(kBob, id, kNow), RefusedFor(Reason::no_such_lease));
  EXPECT_THAT(lifetimes_.find(kBob, "GPIO17"), RefusedFor(Reason::no_such_lease));
}

TEST_F(ALifetime, OfAConnectionIsNotForTheUsersOthers) {
  const LeaseId id = lease_for({});
  EXPECT_THAT(lifetimes_.use(kAliceAgain, id, kNow), RefusedFor(Reason::no_such_lease));
}

TEST_F(ALifetime, IsNotTakenOverByRootWhoLooksAfterIt) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  (void)broker_.goodbye(kAlice.name, kNow);
  const Client root{.name = {":1.99"}, .uid = 0, .pid = 1, .unit = "", .command = "", .gids = {0}};
  EXPECT_THAT(lifetimes_.use(root, id, kNow)->taken_over, IsEmpty());
  EXPECT_EQ(broker_.leases().find(id)->holder.uid, kAlice.uid);
}

TEST_F(ALifetime, IsNotEndedByACleanUpOfAnotherConnection) {
  const LeaseId id = lease_for({.kind = LifetimeKind::process});
  EXPECT_THAT(broker_.release_held(kAliceAgain, {}, kNow)->ended, IsEmpty());
  EXPECT_TRUE(is_there(id));
  EXPECT_THAT(broker_.release_held(kAliceAgain, {"GPIO17"}, kNow)->ended, testing::SizeIs(1));
}

TEST_F(ALifetime, OfThePersistentKindNeedsARightOfItsOwn) {
  EXPECT_THAT(acquire_for({.kind = LifetimeKind::persistent}),
              RefusedFor(Reason::denied, "may not persist"));
  EXPECT_THAT(broker_.leases().all(), IsEmpty());
}

}  // namespace
}  // namespace gpiobroker::test
