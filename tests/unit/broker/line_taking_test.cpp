// SPDX-License-Identifier: GPL-2.0-or-later
// Several clients on one line: who may, who sees what, and when the line is reset.
#include "unit/broker/line_taking_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Access;
using core::Bias;
using core::Direction;
using core::Edge;

class ASharedLine : public SharingTest {};

TEST_F(ASharedLine, IsGrantedToEverybodyWhoWantsItInTheSameWay) {
  share(kAlice);
  EXPECT_THAT(acquire_as(Access::shared, kBob, kButton), Succeeds());
}

TEST_F(ASharedLine, IsNotForWhomWantsItAlone) {
  share(kAlice);
  EXPECT_THAT(acquire(kBob, {"GPIO17"}, kInput), RefusedFor(Reason::busy, "is held by uid 1000"));
}

TEST_F(ASharedLine, IsNotToBeHadWhileSomebodyHasItAlone) {
  lease(kAlice, {"GPIO17"});
  EXPECT_THAT(acquire_as(Access::shared, kBob, kButton), RefusedFor(Reason::busy));
}

TEST_F(ASharedLine, IsRefusedToWhomWantsItDifferentAndSaysHow) {
  share(kAlice);
  LineSettings other = kButton;
  other.bias = Bias::pull_down;
  EXPECT_THAT(acquire_as(Access::shared, kBob, other),
              RefusedFor(Reason::busy, "bias, pull-down instead of pull-up"));
  other = kButton;
  other.debounce = std::chrono::milliseconds(5);
  EXPECT_THAT(acquire_as(Access::shared, kBob, other),
              RefusedFor(Reason::busy, "debounce-period, 5000 us instead of 0"));
  other = kButton;
  other.event_clock = core::EventClock::realtime;
  EXPECT_THAT(acquire_as(Access::shared, kBob, other),
              RefusedFor(Reason::busy, "event-clock, realtime instead of monotonic"));
}

TEST_F(ASharedLine, IsAnInput) {
  EXPECT_THAT(acquire_as(Access::shared, kAlice, kHigh), RefusedFor(Reason::invalid_setting));
  EXPECT_THAT(acquire_as(Access::shared, kAlice, {}), RefusedFor(Reason::invalid_setting));
}

TEST_F(ASharedLine, IsResetWithItsLastHolderOnly) {
  const LeaseId first = share(kAlice);
  share(kBob);
  record();
  release(kAlice, first);
  EXPECT_THAT(changes(), IsEmpty());
  EXPECT_EQ(pin(kGpio17).pull, Bias::pull_up);
  broker_.goodbye(kBob.name, kNow);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(ASharedLine, IsEachHoldersOwnWayRound) {
  const LeaseId plain = share(kAlice);
  LineSettings turned = kButton;
  turned.active_low = true;
  const LeaseId other = share(kBob, turned);
  pi_.drive(kGpio17.offset, true);
  EXPECT_EQ(access_.get_values(kAlice, plain, {})->at(0).value, Value::active);
  EXPECT_EQ(access_.get_values(kBob, other, {})->at(0).value, Value::inactive);
}

TEST_F(ASharedLine, HasBothEdgesDetectedAsSoonAsAnybodyWantsAny) {
  LineSettings silent = kButton;
  silent.edge = Edge::none;
  share(kAlice, silent);
  EXPECT_EQ(edge_in_kernel(), Edge::none);
  LineSettings rising = kButton;
  rising.edge = Edge::rising;
  share(kBob, rising);
  EXPECT_EQ(edge_in_kernel(), Edge::both);
  broker_.goodbye(kBob.name, kNow);
  EXPECT_EQ(edge_in_kernel(), Edge::none);
}

TEST_F(ASharedLine, KeepsItsDetectorWhenHoldersComeAndGo) {
  share(kAlice);
  record();
  share(kBob);
  broker_.goodbye(kBob.name, kNow);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ASharedLine, CanBeReconfiguredByOneHolderInWhatIsItsOwnOnly) {
  const LeaseId id = share(kAlice);
  share(kBob);
  EXPECT_THAT(access_.reconfigure(kAlice, id, {{}, {.edge = Edge::rising}}, kNow), Succeeds());
  EXPECT_THAT(access_.reconfigure(kAlice, id, {{}, {.active_low = true}}, kNow), Succeeds());
  EXPECT_THAT(access_.reconfigure(kAlice, id, {{}, {.bias = Bias::disabled}}, kNow),
              RefusedFor(Reason::busy, "bias"));
  EXPECT_THAT(access_.reconfigure(kAlice, id, {{}, {.direction = Direction::output}}, kNow),
              RefusedFor(Reason::invalid_setting));
  broker_.goodbye(kBob.name, kNow);
  EXPECT_THAT(access_.reconfigure(kAlice, id, {{}, {.bias = Bias::disabled}}, kNow), Succeeds());
}

TEST_F(ASharedLine, IsGivenBackWithTheOthersOfARequestThatFails) {
  share(kAlice);
  lease(kBob, {"GPIO22"});
  EXPECT_THAT(acquire_as(Access::shared, kBob, kButton, {"GPIO17", "GPIO4", "GPIO22"}),
              RefusedFor(Reason::busy));
  EXPECT_FALSE(info(kGpio4).used);
  EXPECT_TRUE(info(kGpio17).used);
}

TEST_F(ASharedLine, CanBeRevokedFromAllOfItsHolders) {
  share(kAlice);
  share(kBob);
  const auto change = broker_.revoke({.uid = 0}, "GPIO17", "enough", kNow);
  ASSERT_THAT(change, Succeeds());
  EXPECT_EQ(change->ended.size(), 2U);
  EXPECT_TRUE(is_safe(kGpio17));
}

class AnObserver : public SharingTest {};

TEST_F(AnObserver, NeedsNoRightToLease) {
  EXPECT_THAT(acquire_as(Access::observe, kCarol, kWatch), Succeeds());
}

TEST_F(AnObserver, TouchesNothing) {
  lease(kAlice, {"GPIO17"});
  record();
  const LeaseId id = observe(kCarol);
  (void)broker_.release(kCarol, id, {}, kNow);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(AnObserver, KeepsNobodyFromTheLine) {
  observe(kCarol);
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kHigh), Succeeds());
}

TEST_F(AnObserver, ReadsTheLineWhoeverHoldsIt) {
  const LeaseId id = observe(kCarol);
  const auto value = [&] { return access_.get_values(kCarol, id, {})->at(0).value; };
  EXPECT_EQ(value(), Value::inactive);
  lease(kAlice, {"GPIO17"});
  EXPECT_EQ(value(), Value::active);
}

TEST_F(AnObserver, HasNoSay) {
  lease(kAlice, {"GPIO17"});
  const LeaseId id = observe(kCarol);
  const Client carol = kCarol;
  EXPECT_THAT(access_.set_values(carol, id, {{"GPIO17", Value::inactive}}, kNow),
              RefusedFor(Reason::not_an_output));
  EXPECT_THAT(access_.reconfigure(carol, id, {{}, {.direction = Direction::input}}, kNow),
              RefusedFor(Reason::invalid_setting));
  EXPECT_THAT(acquire_as(Access::observe, kBob, kHigh), RefusedFor(Reason::invalid_setting));
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AnObserver, IsKeptFromLinesThatAreNotToBeObserved) {
  core::AcquireRequest request{.lines = {{"GPIO17", kHigh}}, .consumer = ""};
  request.unobserved = true;
  ASSERT_THAT(broker_.acquire(kAlice, request, kNow), Succeeds());
  EXPECT_THAT(acquire_as(Access::observe, kCarol, kWatch), RefusedFor(Reason::busy));
}

/// Two lines, of which somebody leases one unobserved.
class AnObserverThatIsPutOff : public SharingTest {
 protected:
  core::Result<LeaseId> acquire_unobserved(const Specs& lines) {
    core::AcquireRequest request;
    request.unobserved = true;
    for (const std::string& line : lines) request.lines.push_back({line, kHigh});
    return broker_.acquire(kAlice, request, kNow);
  }

  LeaseId lease_ = acquire_as(core::Access::observe, kCarol, kWatch, {"GPIO17", "GPIO27"}).value();
};

TEST_F(AnObserverThatIsPutOff, KeepsWhatElseItObserves) {
  ASSERT_THAT(acquire_unobserved({"GPIO17"}), Succeeds());
  EXPECT_THAT(lines_of(lease_), ElementsAre("GPIO27"));
  EXPECT_THAT(heard(lease_), IsEmpty());
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(broker_.take_side_effects().shrunk, ElementsAre(lease_));
  EXPECT_THAT(broker_.take_side_effects().shrunk, IsEmpty());
}

TEST_F(AnObserverThatIsPutOff, IsToldWhyItsLeaseHasEnded) {
  ASSERT_THAT(acquire_unobserved({"GPIO17", "GPIO27"}), Succeeds());
  const core::Change change = broker_.take_side_effects();
  ASSERT_EQ(change.ended.size(), 1U);
  EXPECT_EQ(change.ended.front().id, lease_);
  EXPECT_EQ(change.ended.front().reason, EndReason::revoked);
  EXPECT_THAT(change.ended.front().details, testing::HasSubstr("not to be observed"));
}

TEST_F(AnObserverThatIsPutOff, IsNotWhereTheLineIsNotLeasedAfterAll) {
  lease(kBob, {"GPIO27"});
  EXPECT_THAT(acquire_unobserved({"GPIO17", "GPIO27"}), RefusedFor(Reason::busy));
  EXPECT_THAT(lines_of(lease_), ElementsAre("GPIO17", "GPIO27"));
}

TEST_F(AnObserverThatIsPutOff, CannotKeepOtherObserversOut) {
  core::AcquireRequest request{.lines = {{"GPIO17", kWatch}}, .consumer = ""};
  request.access = core::Access::observe;
  request.unobserved = true;
  EXPECT_THAT(broker_.acquire(kCarol, request, kNow), RefusedFor(Reason::invalid_setting));
}

/// Carol observes GPIO17, a line that cannot report edges.
class AnObserverOfALineWithoutAnInterrupt : public SharingTest {
 protected:
  AnObserverOfALineWithoutAnInterrupt() {
    pi_.faults().refuse_edges(kGpio17.offset);
    observer_ = observe(kCarol);
  }

  LeaseId observer_;
};

TEST_F(AnObserverOfALineWithoutAnInterrupt, DoesNotKeepItsHolderFromMakingItAnInput) {
  const LeaseId holder = lease(kAlice, {"GPIO17"});
  EXPECT_THAT(access_.reconfigure(kAlice, holder, {{}, {.direction = Direction::input}}, kNow),
              Succeeds());
  EXPECT_FALSE(pin(kGpio17).driven);
  EXPECT_EQ(edge_in_kernel(), core::Edge::none);
}

TEST_F(AnObserverOfALineWithoutAnInterrupt, IsToldThatNoEdgesCome) {
  const LeaseId holder = lease(kAlice, {"GPIO17"});
  EXPECT_FALSE(broker_.is_without_edges(kGpio17)) << "the broker makes those of an output";
  ASSERT_THAT(access_.reconfigure(kAlice, holder, {{}, {.direction = Direction::input}}, kNow),
              Succeeds());
  EXPECT_TRUE(broker_.is_without_edges(kGpio17));
  EXPECT_THAT(broker_.take_side_effects().edge_supply, testing::Contains(observer_));
  ASSERT_THAT(access_.reconfigure(kAlice, holder, {{}, {.direction = Direction::output}}, kNow),
              Succeeds());
  EXPECT_FALSE(broker_.is_without_edges(kGpio17));
  EXPECT_THAT(broker_.take_side_effects().edge_supply, testing::Contains(observer_));
}

TEST_F(AnObserverOfALineWithoutAnInterrupt, IsToldSoAlsoWhenItsHolderComesLater) {
  ASSERT_THAT(acquire(kAlice, {"GPIO17"}, kInput), Succeeds());
  EXPECT_TRUE(broker_.is_without_edges(kGpio17));
  EXPECT_EQ(edge_in_kernel(), core::Edge::none);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_FALSE(broker_.is_without_edges(kGpio17));
}

TEST_F(AnObserverOfALineWithoutAnInterrupt, DoesNotHideThatItsHolderCannotHaveEdgesEither) {
  const LeaseId holder = lease(kAlice, {"GPIO17"});
  EXPECT_THAT(
      access_.reconfigure(kAlice, holder,
                          {{}, {.direction = Direction::input, .edge = core::Edge::rising}}, kNow),
      RefusedFor(Reason::unsupported));
  EXPECT_TRUE(pin(kGpio17).driven);
}

}  // namespace
}  // namespace gpiobroker::test
