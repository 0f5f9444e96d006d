// SPDX-License-Identifier: GPL-2.0-or-later
// The end of direct leases of lines that are parked while nobody leases them.
#include "core/broker/duplicates.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

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
