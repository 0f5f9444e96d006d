// SPDX-License-Identifier: GPL-2.0-or-later
// The end of direct leases whose holders live on, and may drive the lines.
#include "core/broker/duplicates.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

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

}  // namespace
}  // namespace gpiobroker::test
