// SPDX-License-Identifier: GPL-2.0-or-later
// The end of direct leases of dead holders, and of those who inherited their duplicates.
#include "core/broker/duplicates.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

TEST_F(ADeadHolder, HasItsLineResetAtOnceAndFreeAfterAMoment) {
  open(kAlice, {"GPIO17"});
  die(kAlice);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_THAT(acquire_plainly(kBob, {"GPIO17"}), RefusedFor(Reason::quarantined));
  EXPECT_THAT(told_of(wait(kObserved)), IsEmpty());
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WhoseEndIsSeenLateIsNotToldOf) {
  open(kAlice, {"GPIO17"});
  broker_.goodbye(kAlice.name, now_);
  EXPECT_THAT(told_of(wait(kObserved)), IsEmpty());
  EXPECT_TRUE(is_held_back(kGpio17));
  broker_.direct().opener_gone(kAlice.name, now_);
  EXPECT_THAT(told_of(wait(kObserved)), IsEmpty());
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WhoseEndIsSeenFirstIsNotWaitedFor) {
  open(kAlice, {"GPIO17"});
  broker_.direct().opener_gone(kAlice.name, now_);
  EXPECT_TRUE(pin(kGpio17).driven) << "the bus tells when the lease is over";
  broker_.goodbye(kAlice.name, now_);
  EXPECT_TRUE(is_safe(kGpio17));
  wait(kObserved);
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WithAChildThatDrivesTheLineHasItUndoneUntilThereIsQuiet) {
  hold({"GPIO17"});
  die(kAlice);
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
    const core::Change change = hear();
    EXPECT_THAT(change.undone, ElementsAre(kGpio17));
    EXPECT_THAT(told_of(change), i == 0 ? std::vector{kGpio17} : std::vector<LineId>{});
    EXPECT_TRUE(is_safe(kGpio17));
    wait(kQuiet - milliseconds(1));
    EXPECT_TRUE(broker_.held().in_use(kGpio17)) << "it can be reset as long as it is driven";
  }
  wait(milliseconds(1));
  EXPECT_FALSE(broker_.held().holds(kGpio17));
  EXPECT_TRUE(is_held_back(kGpio17));
  child_->close();
  EXPECT_THAT(hear().recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WithAChildThatDoesNothingIsFoundOutByClosing) {
  hold({"GPIO17"});
  die(kAlice);
  const core::Change change = wait(kObserved);
  ASSERT_THAT(told_of(change), ElementsAre(kGpio17));
  EXPECT_THAT(change.held_back.front().why, HasSubstr("passed a duplicate"));
  EXPECT_FALSE(broker_.held().holds(kGpio17));
  EXPECT_THAT(acquire_plainly(kBob, {"GPIO17"}), RefusedFor(Reason::quarantined));
  EXPECT_TRUE(ledger_.written.handed_out.contains(kGpio17));
}

TEST_F(ADeadHolder, WithAChildThatDroveTheLineLastHasItResetWhenThatEnds) {
  hold({"GPIO17"});
  die(kAlice);
  wait(kObserved);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  hear();
  EXPECT_TRUE(pin(kGpio17).driven) << "nobody can reset it now";
  EXPECT_TRUE(is_held_back(kGpio17));
  child_->close();
  EXPECT_THAT(hear().recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WhoseChildIsNotHeardToEndIsLookedForAgain) {
  hold({"GPIO17"});
  die(kAlice);
  wait(kObserved);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  wait(std::chrono::minutes(1));
  EXPECT_TRUE(is_held_back(kGpio17));
  child_->close();
  (void)board_.chips().at(kGpio17.chip).read_news();
  EXPECT_THAT(wait(std::chrono::minutes(1)).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WhoseChildHasEndedHasItsLineResetWhoeverHasReadItMeanwhile) {
  hold({"GPIO17"});
  die(kAlice);
  wait(kObserved);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  child_->close();
  (void)board_.chips().at(kGpio17.chip).read_news();
  EXPECT_THAT(broker_.line_io().read_lines(kAlice, {"GPIO17"}), Succeeds());
  EXPECT_THAT(wait(std::chrono::minutes(1)).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, LeavesTheLineToWhoHasTakenItFromTheKernelSince) {
  hold({"GPIO17"});
  die(kAlice);
  wait(kObserved);
  child_->close();
  pi_.use_from_outside(kGpio17.offset, "script");
  hear();
  EXPECT_FALSE(is_held_back(kGpio17));
  EXPECT_THAT(ledger_.written.lines, IsEmpty());
}

TEST_F(ADeadHolder, WithAChildIsNotSetFreeByTheEndOfAnEarlierLease) {
  const LeaseId earlier = open(kAlice, {"GPIO17"});
  release(kAlice, earlier);
  hold({"GPIO17"});
  release(kAlice, lease_);
  hear();
  EXPECT_TRUE(is_held_back(kGpio17)) << "what the kernel told was of the earlier lease";
  EXPECT_TRUE(ledger_.written.handed_out.contains(kGpio17));
  child_->close();
  EXPECT_THAT(hear().recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WhoHadClosedAllIsNotWaitedFor) {
  hold({"GPIO17"});
  child_->close();
  close_direct(kAlice, lease_);
  EXPECT_TRUE(pin(kGpio17).driven);
  die(kAlice);
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, WithAChildThatDrivesOneLineHasTheOthersWaitForQuietAsWell) {
  hold({"GPIO17", "GPIO27"});
  die(kAlice);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  hear();
  wait(kObserved);
  EXPECT_TRUE(broker_.held().in_use(kGpio17)) << "with the broker's own it can be reset again";
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  EXPECT_THAT(hear().undone, ElementsAre(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
