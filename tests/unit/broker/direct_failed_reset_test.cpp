// SPDX-License-Identifier: GPL-2.0-or-later
// The end of direct leases whose lines cannot be reset at first.
#include "core/broker/duplicates.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

TEST_F(ADeadHolder, HoldsAllLinesOfItsRequestBackWhileAChildDrivesOneOfThem) {
  hold({"GPIO17", "GPIO27"});
  pi_.faults().fail_line(Operation::configure, kGpio27.offset, Reason::hardware_failure);
  release(kAlice, lease_);
  pi_.faults().mend();
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  EXPECT_THAT(wait(std::chrono::minutes(1)).undone, ElementsAre(kGpio17));
  EXPECT_TRUE(is_held_back(kGpio17) && is_held_back(kGpio27));
  wait(kQuiet);
  EXPECT_TRUE(is_held_back(kGpio17) && is_held_back(kGpio27));
  EXPECT_FALSE(broker_.held().holds(kGpio17));
  child_->close();
  hear();
  EXPECT_TRUE(is_free(kGpio17) && is_free(kGpio27));
}

TEST_F(ADeadHolder, WithALineThatCannotBeResetHasItResetLater) {
  hold({"GPIO17", "GPIO27"});
  child_->close();
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  EXPECT_EQ(die(kAlice).quarantined.size(), 1U);
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_THAT(acquire_plainly(kBob, {"GPIO27"}),
              RefusedFor(Reason::quarantined, "could not be reset"));
  pi_.faults().mend();
  wait(std::chrono::minutes(1));
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_TRUE(is_held_back(kGpio17) && is_held_back(kGpio27));
  wait(kObserved);
  EXPECT_TRUE(is_free(kGpio17) && is_free(kGpio27));
}

TEST_F(ADeadHolder, HasALineHeldBackThatItReleasedEarlierBesideOneThatCannotBeReset) {
  hold({"GPIO17", "GPIO27"});
  release(kAlice, lease_, {"GPIO27"});
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  die(kAlice);
  EXPECT_TRUE(is_held_back(kGpio27));
  pi_.faults().mend();
  child_->close();
  for (int i = 0; i < 2; ++i) wait(std::chrono::minutes(1));
  EXPECT_TRUE(is_free(kGpio17) && is_free(kGpio27));
}

TEST_F(ADeadHolder, WithAChildThatDrivesWhatCannotBeResetIsLookedAtWithPauses) {
  hold({"GPIO17", "GPIO27"});
  die(kAlice);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  wait(kObserved);
  EXPECT_GT(broker_.next_retry(), now_);
}

TEST_F(ADeadHolder, HasALineHeldBackThatIsResetLateBesideOneThatAChildDrives) {
  hold({"GPIO17", "GPIO27"});
  close_direct(kAlice, lease_);
  pi_.faults().fail_line(Operation::configure, kGpio27.offset, Reason::hardware_failure);
  die(kAlice);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  pi_.faults().mend_line(kGpio27.offset);
  wait(std::chrono::minutes(1));
  EXPECT_TRUE(is_held_back(kGpio27)) << "it is reset, and the child has it";
  EXPECT_NE(broker_.quarantine().find(kGpio17), nullptr);
}

TEST_F(ADeadHolder, IsToldOfOnceWhereAResetWorksLate) {
  hold({"GPIO17"});
  child_->close();
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  release(kAlice, lease_);
  pi_.faults().mend();
  EXPECT_THAT(wait(std::chrono::minutes(1)).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ADeadHolder, HasALineResetThatAChildDroveAndThatCouldNotBeResetAtFirst) {
  hold({"GPIO17", "GPIO27"});
  die(kAlice);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  EXPECT_EQ(hear().quarantined.size(), 1U);
  EXPECT_TRUE(is_held_back(kGpio27));
  pi_.faults().mend();
  child_->close();
  for (int i = 0; i < 3; ++i) wait(std::chrono::minutes(1));
  EXPECT_TRUE(is_free(kGpio17) && is_free(kGpio27));
}

TEST_F(ADeadHolder, WithALineThatCannotBeResetAfterTheKernelGaveItBackHasItResetLater) {
  hold({"GPIO17"});
  die(kAlice);
  wait(kObserved);
  EXPECT_THAT(child_->configure(kGpio17.offset, kHigh), Succeeds());
  child_->close();
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  EXPECT_EQ(hear().quarantined.size(), 1U);
  EXPECT_FALSE(pi_.is_watched_apart(kGpio17.offset)) << "nobody has a duplicate any more";
  pi_.faults().mend();
  EXPECT_THAT(wait(std::chrono::minutes(1)).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
