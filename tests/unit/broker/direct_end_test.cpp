// SPDX-License-Identifier: GPL-2.0-or-later
// How direct leases end: their lines are reset at once, and free when nobody else can drive them.
#include "core/broker/duplicates.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

std::vector<LineId> told_of(const core::Change& change) {
  std::vector<LineId> lines;
  for (const core::HeldBack& each : change.held_back) lines.push_back(each.line);
  return lines;
}

/// Whose process lives after its lease is over.
class ALivingHolder : public DirectTest {
 protected:
  ALivingHolder() {
    lease_ = open(kAlice, {"GPIO17"});
    own_ = duplicate(kGpio17);
  }

  LeaseId lease_{};
  std::optional<FakeDuplicate> own_;
};

TEST_F(ALivingHolder, HasItsLineResetAtOnceWhenItIsRevoked) {
  revoke("GPIO17");
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_TRUE(is_held_back(kGpio17));
  EXPECT_THAT(own_->set(kGpio17.offset, Value::active), RefusedFor(Reason::unsupported));
  EXPECT_THAT(acquire_plainly(kBob, {"GPIO17"}), RefusedFor(Reason::quarantined, "CloseDirect"));
}

TEST_F(ALivingHolder, IsNotToldOfBeforeItHadTimeToEnd) {
  EXPECT_THAT(told_of(revoke("GPIO17")), IsEmpty());
  EXPECT_FALSE(broker_.quarantine().find(kGpio17)->is_told);
  EXPECT_THAT(told_of(wait(kOutOfPatience - milliseconds(1))), IsEmpty());
  EXPECT_THAT(told_of(wait(milliseconds(1))), ElementsAre(kGpio17));
  EXPECT_TRUE(broker_.quarantine().find(kGpio17)->is_told);
  EXPECT_EQ(broker_.next_retry(), std::nullopt) << "somebody will tell";
}

TEST_F(ALivingHolder, IsUndoneEachTimeItConfiguresTheLine) {
  revoke("GPIO17");
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(own_->configure(kGpio17.offset, kHigh), Succeeds());
    EXPECT_THAT(hear().undone, ElementsAre(kGpio17));
    EXPECT_TRUE(is_safe(kGpio17));
    EXPECT_TRUE(is_held_back(kGpio17));
    wait(kQuiet);
  }
}

TEST_F(ALivingHolder, IsNotUndoneForWhatIsSafeAnyway) {
  revoke("GPIO17");
  EXPECT_THAT(own_->configure(kGpio17.offset, core::kSafeInput), Succeeds());
  EXPECT_THAT(hear().undone, IsEmpty());
}

TEST_F(ALivingHolder, SetsTheLineFreeBySayingThatItHasClosedItsDuplicate) {
  revoke("GPIO17");
  wait(kOutOfPatience);
  own_->close();
  EXPECT_THAT(close_direct(kAlice, lease_).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
  EXPECT_FALSE(broker_.direct().is_awaited(kAlice.name));
  EXPECT_THAT(broker_.direct().let_go(kAlice, lease_, now_), RefusedFor(Reason::no_such_lease));
}

TEST_F(ALivingHolder, IsFoundOutWhenItSaysSoAndHasNot) {
  revoke("GPIO17");
  EXPECT_THAT(told_of(close_direct(kAlice, lease_)), ElementsAre(kGpio17));
  EXPECT_TRUE(is_held_back(kGpio17));
  EXPECT_THAT(own_->configure(kGpio17.offset, kHigh), Succeeds());
  hear();
  EXPECT_TRUE(is_held_back(kGpio17));
  own_->close();
  EXPECT_THAT(hear().recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ALivingHolder, IsNoneAnyMoreWhenItsProcessEnds) {
  revoke("GPIO17");
  own_->close();
  EXPECT_THAT(broker_.direct().opener_gone(kAlice.name, now_).held_back, IsEmpty());
  EXPECT_TRUE(is_held_back(kGpio17));
  wait(kObserved);
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ALivingHolder, ThatReleasesItsLeaseIsTrustedToHaveClosedItsDuplicate) {
  own_->close();
  release(kAlice, lease_);
  EXPECT_TRUE(is_free(kGpio17));
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}), Succeeds());
}

TEST_F(ALivingHolder, ThatReleasesAllThatItHasIsTrustedAsWell) {
  own_->close();
  EXPECT_THAT(broker_.release_held(kAlice, {}, now_), Succeeds());
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ALivingHolder, IsWaitedForWhenRootReleasesItsLease) {
  release(kRoot, lease_);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_TRUE(is_held_back(kGpio17));
  EXPECT_THAT(own_->configure(kGpio17.offset, kHigh), Succeeds());
  EXPECT_THAT(hear().undone, ElementsAre(kGpio17));
}

TEST_F(ALivingHolder, IsWaitedForWhenItReleasesALineAndLosesTheRest) {
  own_->close();
  release(kAlice, lease_);
  lease_ = open(kAlice, {"GPIO17", "GPIO27"});
  own_ = duplicate(kGpio17);
  release(kAlice, lease_, {"GPIO17"});
  revoke("GPIO27");
  EXPECT_TRUE(is_held_back(kGpio17) && is_held_back(kGpio27));
  own_->close();
  close_direct(kAlice, lease_);
  hear();
  EXPECT_TRUE(is_free(kGpio17) && is_free(kGpio27));
}

TEST_F(ALivingHolder, IsWaitedForWhenItOpensAgainWhatItHadClosed) {
  own_->close();
  close_direct(kAlice, lease_);
  EXPECT_THAT(broker_.direct().open(kAlice, lease_), Succeeds());
  own_ = duplicate(kGpio17);
  revoke("GPIO17");
  EXPECT_THAT(own_->configure(kGpio17.offset, kHigh), Succeeds());
  EXPECT_THAT(hear().undone, ElementsAre(kGpio17)) << "the broker has its own still";
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ALivingHolder, IsWaitedForOverAllRequestsOfALease) {
  const LeaseId two = open(kAlice, {"GPIO27", "EXP3"});
  FakeDuplicate expander = duplicate(kExp3);
  revoke("EXP3");
  EXPECT_TRUE(is_held_back(kGpio27) && is_held_back(kExp3));
  close_direct(kAlice, two);
  EXPECT_TRUE(is_free(kGpio27)) << "it has no duplicate of this one";
  EXPECT_TRUE(is_held_back(kExp3));
  expander.close();
  hear();
  EXPECT_TRUE(is_free(kExp3));
}

TEST_F(ALivingHolder, IsNotWaitedForByTheLineOfAChipThatIsGone) {
  open(kAlice, {"EXP3"});
  revoke("EXP3");
  expander_.remove();
  (void)broker_.chip_removal().chip_gone(kExp3.chip, now_);
  EXPECT_FALSE(is_held_back(kExp3));
  EXPECT_THAT(ledger_.written.lines, testing::SizeIs(1));
  EXPECT_TRUE(broker_.direct().is_awaited(kAlice.name)) << "for GPIO17";
  die(kAlice);
  own_->close();
  wait(kObserved);
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(ALivingHolder, EndsInASafeStateThatWasChosenMeanwhile) {
  core::SafeStates states;
  states.set(kGpio17, {.kind = core::SafeState::Kind::output, .value = Value::active});
  EXPECT_THAT(broker_.parking().set_safe_states(states, now_), Succeeds());
  revoke("GPIO17");
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_THAT(own_->set(kGpio17.offset, Value::inactive), Succeeds()) << "nobody is told of it";
  own_->close();
  close_direct(kAlice, lease_);
  EXPECT_TRUE(pin(kGpio17).driven && pin(kGpio17).high);
  EXPECT_FALSE(is_held_back(kGpio17));
}

/// Who was killed, perhaps with a child that has inherited its descriptors.
class ADeadHolder : public DirectTest {
 protected:
  void hold(const Specs& lines) {
    lease_ = open(kAlice, lines);
    child_ = duplicate(kGpio17);
  }

  LeaseId lease_{};
  std::optional<FakeDuplicate> child_;
};

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

TEST_F(ADeadHolder, WhoHadClosedAllIsNotWaitedFor) {
  hold({"GPIO17"});
  child_->close();
  close_direct(kAlice, lease_);
  EXPECT_TRUE(pin(kGpio17).driven);
  die(kAlice);
  EXPECT_TRUE(is_free(kGpio17));
}

/// Whose line is parked while nobody leases it.
class AHolderOfAParkedLine : public DirectTest {
 protected:
  AHolderOfAParkedLine() {
    park(true);
    lease_ = open(kAlice, {"GPIO17"});
    own_ = duplicate(kGpio17);
  }

  void park(bool parked) {
    core::SafeStates states;
    if (parked) states.set(kGpio17, {.park = true});
    EXPECT_THAT(broker_.parking().set_safe_states(states, now_), Succeeds());
  }

  [[nodiscard]] bool is_parked() const {
    return broker_.parked().contains(kGpio17) && broker_.held().holds(kGpio17) &&
           !broker_.held().in_use(kGpio17);
  }

  LeaseId lease_{};
  std::optional<FakeDuplicate> own_;
};

TEST_F(AHolderOfAParkedLine, HasItParkedAgain) {
  own_->close();
  release(kAlice, lease_);
  EXPECT_TRUE(is_parked());
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_THAT(acquire(kBob, {"GPIO17"}), Succeeds());
}

TEST_F(AHolderOfAParkedLine, HasItParkedWhenAChildGivesItUp) {
  die(kAlice);
  wait(kObserved);
  EXPECT_FALSE(broker_.parked().contains(kGpio17)) << "another's in the kernel";
  own_->close();
  hear();
  EXPECT_TRUE(is_parked());
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AHolderOfAParkedLine, HasItFreeWhereItIsNotToBeParkedAnyMore) {
  die(kAlice);
  wait(kObserved);
  park(false);
  own_->close();
  hear();
  EXPECT_TRUE(is_free(kGpio17));
}

TEST_F(AHolderOfAParkedLine, HasItParkedWhereThatIsChosenAnewMeanwhile) {
  die(kAlice);
  wait(kObserved);
  own_->close();
  (void)board_.chips().at(kGpio17.chip).read_news();
  park(true);
  EXPECT_TRUE(is_held_back(kGpio17)) << "nobody has told of the end";
  EXPECT_THAT(wait(std::chrono::minutes(1)).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_parked());
}

}  // namespace
}  // namespace gpiobroker::test
