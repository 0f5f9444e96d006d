// SPDX-License-Identifier: GPL-2.0-or-later
// Ten thousand things that can happen, in an order that nobody thought of.
#include <random>

#include <malloc.h>

#include "unit/random/random_world.h"

namespace gpiobroker::test {
namespace {

constexpr int kSteps = 500;

class ABrokerInARandomWorld : public RandomWorld,
                              public testing::WithParamInterface<std::uint32_t> {
 protected:
  /// The steps that led here, for the message of a failure.
  [[nodiscard]] std::string story() const {
    std::string text = "seed " + std::to_string(GetParam());
    for (const std::string& each : story_) text += "\n  " + each;
    return text;
  }
};

TEST_P(ABrokerInARandomWorld, KeepsOrder) {
  std::mt19937 random(GetParam());
  for (int i = 0; i < kSteps; ++i) {
    step(std::ref(random));
    expect_order();
    ASSERT_FALSE(HasFailure()) << story();
  }
  expect_a_clean_end();
  ASSERT_FALSE(HasFailure()) << story();
}

TEST_P(ABrokerInARandomWorld, KeepsOrderWhereDriversStopDrivingOnRelease) {
  pi_.stop_driving_on_release();
  expander_.stop_driving_on_release();
  std::mt19937 random(GetParam() + 1000);
  for (int i = 0; i < kSteps; ++i) {
    step(std::ref(random));
    expect_order();
    ASSERT_FALSE(HasFailure()) << story();
  }
  expect_a_clean_end();
  ASSERT_FALSE(HasFailure()) << story();
}

class ABrokerForALongTime : public RandomWorld {
 protected:
  void live_until(Instant end, std::mt19937& random) {
    while (now_ < end && !HasFailure()) {
      step(std::ref(random));
      expect_order();
      if (story_.size() > kSteps) story_.clear();
      record_->forget();
    }
  }

  /// What is allocated when nobody has anything; nothing under a sanitizer, which has its own heap.
  static std::size_t memory() { return mallinfo2().uordblks; }
};

TEST_F(ABrokerForALongTime, OfNinetyDaysUsesNoMoreThanAfterItsFirstHour) {
  constexpr std::size_t kSlack = 256UL * 1024;  // of the test's own records, too
  std::mt19937 random(7);
  live_until(now_ + std::chrono::hours(1), random);
  expect_a_clean_end();
  const std::size_t before = memory();
  longest_pause_ = std::chrono::hours(1);
  live_until(now_ + std::chrono::hours(24 * 90), random);
  expect_a_clean_end();
  EXPECT_LT(memory(), before + kSlack);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ABrokerInARandomWorld, testing::Range(0U, 10U));

}  // namespace
}  // namespace gpiobroker::test
