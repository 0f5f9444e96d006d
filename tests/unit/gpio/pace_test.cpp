// SPDX-License-Identifier: GPL-2.0-or-later
// How often something may be done.
#include "gpio/pace.h"

#include <gtest/gtest.h>

namespace gpiobroker::test {
namespace {

using std::chrono::milliseconds;

class APace : public testing::Test {
 protected:
  static constexpr milliseconds kStart{5000};

  core::Instant spend(int at, int cost) {
    return pace_.spend(kStart + milliseconds(at), milliseconds(cost));
  }

  gpio::Pace pace_{milliseconds(30)};
};

TEST_F(APace, LetsSoMuchBeDoneInARow) {
  EXPECT_EQ(spend(0, 10), milliseconds(0));
  EXPECT_EQ(spend(0, 10), milliseconds(0));
  EXPECT_EQ(spend(0, 10), milliseconds(0));
  EXPECT_EQ(spend(0, 10), milliseconds(10));
}

TEST_F(APace, HoldsUpWhoNeverEndsForWhatHeCosts) {
  for (int i = 0; i < 4; ++i) (void)spend(0, 10);
  EXPECT_EQ(spend(10, 10), milliseconds(10));
  EXPECT_EQ(spend(20, 70), milliseconds(70));
}

TEST_F(APace, HoldsUpNobodyWhoDoesItSeldom) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(spend(10 * i, 10), milliseconds(0));
}

TEST_F(APace, ForgetsWhatWasDoneLongAgo) {
  for (int i = 0; i < 4; ++i) (void)spend(0, 10);
  EXPECT_EQ(spend(1000, 30), milliseconds(0));
}

}  // namespace
}  // namespace gpiobroker::test
