// SPDX-License-Identifier: GPL-2.0-or-later
// How often something may be done.
#include "gpio/pace.h"

#include <gtest/gtest.h>

namespace gpiobroker::test {
namespace {

using std::chrono::milliseconds;

class APace : public testing::Test {
 protected:
  static constexpr milliseconds kNow{5000};
  gpio::Pace pace_{3, milliseconds(10)};
};

TEST_F(APace, LetsSoMuchBeDoneInARow) {
  EXPECT_TRUE(pace_.spend(kNow));
  EXPECT_TRUE(pace_.spend(kNow));
  EXPECT_TRUE(pace_.spend(kNow));
  EXPECT_FALSE(pace_.spend(kNow));
}

TEST_F(APace, LetsWhoNeverEndsDoItOnceInEachInterval) {
  for (int i = 0; i < 4; ++i) (void)pace_.spend(kNow);
  EXPECT_FALSE(pace_.spend(kNow + milliseconds(10)));
  EXPECT_FALSE(pace_.spend(kNow + milliseconds(20)));
}

TEST_F(APace, HoldsUpNobodyWhoDoesItSeldom) {
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(pace_.spend(kNow + i * milliseconds(10)));
}

TEST_F(APace, ForgetsWhatWasDoneLongAgo) {
  for (int i = 0; i < 4; ++i) (void)pace_.spend(kNow);
  EXPECT_TRUE(pace_.spend(kNow + milliseconds(1000)));
  EXPECT_TRUE(pace_.spend(kNow + milliseconds(1000)));
}

}  // namespace
}  // namespace gpiobroker::test
