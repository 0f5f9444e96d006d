// SPDX-License-Identifier: GPL-2.0-or-later
// How many log lines a user can cause, on a clock that the test turns.
#include "app/log_pace.h"

#include <gmock/gmock.h>

namespace gpiobroker::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Optional;

class ALogPace : public testing::Test {
 protected:
  /// How many of so many lines get through.
  int lines(std::uint32_t user, int attempts) {
    int through = 0;
    for (; attempts > 0; --attempts) through += pace_.admit(user, now_) ? 1 : 0;
    return through;
  }

  LogPace pace_;
  core::Instant now_ = seconds(1000);
};

TEST_F(ALogPace, LetsAHundredLinesThroughAtOnce) {
  EXPECT_EQ(lines(1000, 5000), 100);
}

TEST_F(ALogPace, MayBeOneLineAMinute) {
  pace_ = LogPace(std::chrono::minutes(1), 1);
  EXPECT_EQ(lines(1, 20), 1);
  EXPECT_EQ(lines(2, 20), 1) << "of each kind";
  now_ += seconds(59);
  EXPECT_EQ(lines(1, 20), 0);
  now_ += seconds(1);
  EXPECT_THAT(pace_.admit(1, now_), Optional(39U));
}

TEST_F(ALogPace, LetsTenThroughASecondAfterThat) {
  lines(1000, 5000);
  now_ += seconds(1);
  EXPECT_EQ(lines(1000, 5000), 10);
}

TEST_F(ALogPace, CountsWhatItLeftOutAndTellsItOnce) {
  lines(1000, 107);
  now_ += seconds(1);
  EXPECT_THAT(pace_.admit(1000, now_), Optional(7U));
  EXPECT_THAT(pace_.admit(1000, now_), Optional(0U));
}

TEST_F(ALogPace, TakesNothingFromOneUserForAnother) {
  lines(1000, 5000);
  EXPECT_EQ(lines(1001, 50), 50);
}

TEST_F(ALogPace, ForgetsUsersWhoAreQuiet) {
  for (std::uint32_t user = 0; user < 10000; ++user) {
    lines(user, 1);
    now_ += milliseconds(20);
  }
  EXPECT_LT(pace_.size(), 100U);
}

}  // namespace
}  // namespace gpiobroker::app
