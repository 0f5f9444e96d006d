// SPDX-License-Identifier: GPL-2.0-or-later
// Times as values: when a chip is slow, and how long calls are waited for.
#include "gpio/slowness.h"

#include <gmock/gmock.h>

namespace gpiobroker::test {
namespace {

using gpio::CallKind;
using gpio::kWhileServing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Optional;

class ASlowness : public testing::Test {
 protected:
  void calls(int count, milliseconds took, milliseconds apart) {
    for (int i = 0; i < count; ++i) {
      now_ += apart;
      slowness_.in_time(CallKind::read, took, kWhileServing, now_);
    }
  }

  core::Instant now_{seconds(1000)};
  gpio::Slowness slowness_;
};

TEST_F(ASlowness, IsNotThereFromTheStart) {
  EXPECT_FALSE(slowness_.is_slow());
  EXPECT_EQ(slowness_.rest(now_), std::nullopt);
}

TEST_F(ASlowness, LastsTwiceAsLongEachTimeUpToHalfAMinute) {
  for (const int pause : {1, 2, 4, 8, 16, 30, 30}) {
    slowness_.late(CallKind::read, milliseconds(250), now_);
    EXPECT_THAT(slowness_.rest(now_), Optional(seconds(pause)));
    now_ += seconds(pause);
    EXPECT_EQ(slowness_.rest(now_), std::nullopt);
    EXPECT_TRUE(slowness_.is_slow());
  }
  slowness_.in_time(CallKind::read, milliseconds(1), kWhileServing, now_);
  slowness_.late(CallKind::read, milliseconds(250), now_);
  EXPECT_THAT(slowness_.rest(now_), Optional(seconds(1)));
}

TEST_F(ASlowness, EndsWithACallOfItsKindOrLongAfterWithAnotherThatTouchesTheChip) {
  const auto late_then = [this](CallKind late, CallKind in_time, seconds after) {
    slowness_.late(late, milliseconds(250), now_);
    now_ += after;
    slowness_.in_time(in_time, milliseconds(1), kWhileServing, now_);
    return slowness_.is_slow();
  };
  EXPECT_FALSE(late_then(CallKind::configure, CallKind::configure, seconds(1)));
  EXPECT_FALSE(late_then(CallKind::look, CallKind::set, seconds(1)));
  EXPECT_TRUE(late_then(CallKind::configure, CallKind::read, seconds(1)));
  EXPECT_TRUE(late_then(CallKind::configure, CallKind::look, seconds(100)));
  EXPECT_FALSE(late_then(CallKind::configure, CallKind::read, seconds(100)));
}

TEST_F(ASlowness, IsThereWhenCallsThatAreInTimeTakeTooMuchTogether) {
  calls(4, milliseconds(240), milliseconds(300));
  EXPECT_FALSE(slowness_.is_slow());
  calls(1, milliseconds(240), milliseconds(300));
  EXPECT_TRUE(slowness_.is_slow());
}

TEST_F(ASlowness, IsNotThereForLongCallsThatAreFewEnough) {
  calls(100, milliseconds(240), milliseconds(1100));
  EXPECT_FALSE(slowness_.is_slow());
}

TEST_F(ASlowness, IsNotThereForManyCallsThatTakeNoLongerThanSuchChipsDo) {
  calls(1000, milliseconds(99), milliseconds(99));
  EXPECT_FALSE(slowness_.is_slow());
}

class ALoopsTime : public testing::Test {
 protected:
  core::Instant now_{seconds(1000)};
  gpio::LoopTime time_{[] { return kWhileServing; }, [this] { return now_; }};
};

TEST_F(ALoopsTime, IsSharedByAllChipsButForAMoment) {
  EXPECT_EQ(time_.allowance(), milliseconds(250));
  for (int i = 0; i < 3; ++i) time_.note_late(milliseconds(250));
  EXPECT_EQ(time_.allowance(), milliseconds(250));
  time_.note_late(milliseconds(200));
  EXPECT_EQ(time_.allowance(), milliseconds(50));
  for (int i = 0; i < 20; ++i) time_.note_late(milliseconds(250));
  EXPECT_EQ(time_.allowance(), milliseconds(50));
}

TEST_F(ALoopsTime, ComesBack) {
  for (int i = 0; i < 4; ++i) time_.note_late(milliseconds(250));
  now_ += seconds(5);
  EXPECT_EQ(time_.allowance(), milliseconds(250));
}

}  // namespace
}  // namespace gpiobroker::test
