// SPDX-License-Identifier: GPL-2.0-or-later
// Ten thousand things that can happen, in an order that nobody thought of.
#include "unit/random_world.h"

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
    step(random);
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
    step(random);
    expect_order();
    ASSERT_FALSE(HasFailure()) << story();
  }
  expect_a_clean_end();
  ASSERT_FALSE(HasFailure()) << story();
}

INSTANTIATE_TEST_SUITE_P(Seeds, ABrokerInARandomWorld, testing::Range(0U, 10U));

}  // namespace
}  // namespace gpiobroker::test
