// SPDX-License-Identifier: GPL-2.0-or-later
// Which edges reach whom, under which numbers, and what is said of those that do not.
#include "core/broker/broker.h"

#include "unit/broker/line_taking_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Access;
using core::Edge;
using std::chrono::seconds;

class AnEdge : public SharingTest {};

TEST_F(AnEdge, ReachesEverybodyOnTheLineUnderTheSameNumber) {
  const LeaseId alice = share(kAlice);
  const LeaseId bob = share(kBob);
  const LeaseId carol = observe(kCarol);
  drive({false, true, false});
  for (const LeaseId id : {alice, bob, carol}) {
    EXPECT_THAT(heard(id), ElementsAre("falling 1", "rising 2", "falling 3"));
  }
}

TEST_F(AnEdge, IsStillSeenByTheOthersWhenOneIsGone) {
  share(kAlice);
  const LeaseId bob = share(kBob);
  drive({false});
  broker_.goodbye(kAlice.name, kNow);
  drive({true});
  EXPECT_THAT(heard(bob), ElementsAre("falling 1", "rising 2"));
}

TEST_F(AnEdge, IsToldToThoseWhoSelectedIt) {
  LineSettings rising = kButton;
  rising.edge = Edge::rising;
  const LeaseId alice = share(kAlice, rising);
  rising.active_low = true;
  const LeaseId bob = share(kBob, rising);
  drive({false, true});
  EXPECT_THAT(heard(alice), ElementsAre("rising 2"));
  EXPECT_THAT(heard(bob), ElementsAre("rising 1"));
}

TEST_F(AnEdge, FromBeforeALeaseIsNoneOfItsBusiness) {
  const LeaseId first = acquire(kAlice, {"GPIO17", "GPIO27"}, kButton).value();
  pi_.drive(kGpio17.offset, false);
  release(kAlice, first, {"GPIO17"});  // which stays in the request of the other
  const LeaseId second = acquire(kBob, {"GPIO17"}, kButton).value();
  read();
  EXPECT_THAT(heard(second), IsEmpty());
  drive({true});
  EXPECT_THAT(heard(second), ElementsAre("rising 2"));
}

TEST_F(AnEdge, ThatTheKernelDroppedIsCountedForEverybodyWhoWantedAny) {
  constexpr int kToggles = 1500;  // more than a chip keeps
  const LeaseId alice = share(kAlice);
  LineSettings silent = kButton;
  silent.edge = Edge::none;
  const LeaseId bob = share(kBob, silent);
  for (int i = 0; i < kToggles; ++i) pi_.drive(kGpio17.offset, i % 2 == 1);
  read();
  const std::uint64_t lost = broker_.leases().find(alice)->edges.lost().at(kGpio17);
  EXPECT_EQ(edges_.take(alice, kToggles).size() + lost, kToggles);
  EXPECT_THAT(broker_.leases().find(bob)->edges.lost(), IsEmpty());
  EXPECT_EQ(broker_.edge_totals().seen, kToggles);
  EXPECT_EQ(broker_.edge_totals().lost, lost);
}

TEST_F(AnEdge, ThatWasTakenAndDidNotReachItsHolderIsLost) {
  const LeaseId alice = share(kAlice);
  drive({false, true});
  edges_.lose(alice, edges_.take(alice, 1));
  EXPECT_EQ(broker_.leases().find(alice)->edges.lost().at(kGpio17), 1U);
  EXPECT_EQ(broker_.edge_totals().lost, 1U);
  EXPECT_THAT(heard(alice), ElementsAre("rising 2"));
  const auto rest = edges_.take(alice, 1);
  broker_.goodbye(kAlice.name, kNow);
  edges_.lose(alice, rest);
}

TEST_F(AnEdge, IsMadeForObserversOfEachLevelThatTheBrokerDrives) {
  const LeaseId carol = observe(kCarol);
  const LeaseId alice = lease(kAlice, {"GPIO17"});
  for (const Value value : {Value::active, Value::inactive, Value::active}) {
    EXPECT_THAT(access_.set_values(kAlice, alice, {{"GPIO17", value}}, kNow), Succeeds());
  }
  EXPECT_THAT(heard(carol), ElementsAre("rising 1", "falling 2", "rising 3"));
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(heard(carol), ElementsAre("falling 4")) << "the reset is one, too";
}

TEST_F(AnEdge, OfAnExclusiveLineIsItsHoldersChoiceFirst) {
  LineSettings rising = kButton;
  rising.edge = Edge::rising;
  acquire(kAlice, {"GPIO17"}, rising).value();
  const LeaseId carol = observe(kCarol);
  EXPECT_EQ(edge_in_kernel(), Edge::rising);
  drive({false, true});
  EXPECT_THAT(heard(carol), ElementsAre("rising 1"));
}

TEST_F(AnEdge, OfALineWhoseHolderWantsNoneIsDetectedForItsObservers) {
  LineSettings silent = kButton;
  silent.edge = Edge::none;
  acquire(kAlice, {"GPIO17"}, silent).value();
  const LeaseId carol = observe(kCarol);
  drive({false});
  EXPECT_THAT(heard(carol), ElementsAre("falling 1"));
  broker_.goodbye(kCarol.name, kNow);
  EXPECT_EQ(edge_in_kernel(), Edge::none);
}

TEST_F(AnEdge, ComesAfterTheStandingThatItsReaderStartsFrom) {
  const LeaseId alice = share(kAlice);
  drive({false, true});
  pi_.drive(kGpio17.offset, false);  // and nobody has read it yet
  const auto standing = broker_.line_io().start_edges(kAlice, alice, kNow);
  ASSERT_THAT(standing, Succeeds());
  EXPECT_EQ(standing->at(0).value, Value::inactive);
  EXPECT_EQ(standing->at(0).line_sequence, 3U);
  EXPECT_THAT(heard(alice), IsEmpty());
  drive({true});
  EXPECT_THAT(heard(alice), ElementsAre("rising 4"));
}

class AQuietLine : public SharingTest {
 protected:
  AQuietLine() {
    core::AcquireRequest request{.lines = {{"GPIO17", kButton}}, .consumer = ""};
    request.edge_timeout = seconds(10);
    id_ = broker_.acquire(kAlice, request, kNow).value();
  }

  LeaseId id_;
};

TEST_F(AQuietLine, IsToldOfAgainAndAgain) {
  EXPECT_EQ(edges_.next_timeout(), kNow + seconds(10));
  edges_.time_out(kNow + seconds(9));
  EXPECT_THAT(heard(id_), IsEmpty());
  edges_.time_out(kNow + seconds(10));
  edges_.time_out(kNow + seconds(20));
  EXPECT_THAT(heard(id_), ElementsAre("timeout 0", "timeout 0"));
}

TEST_F(AQuietLine, IsNotQuietAfterAnEdge) {
  pi_.drive(kGpio17.offset, false);
  edges_.read(broker_.held().request_with(kGpio17)->id(), kNow + seconds(8));
  edges_.time_out(kNow + seconds(10));
  EXPECT_THAT(heard(id_), ElementsAre("falling 1"));
  EXPECT_EQ(edges_.next_timeout(), kNow + seconds(18));
}

}  // namespace
}  // namespace gpiobroker::test
