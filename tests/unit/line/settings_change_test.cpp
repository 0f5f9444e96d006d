// SPDX-License-Identifier: GPL-2.0-or-later
// What a change of some settings makes of all of them.
#include "core/line/settings_change.h"

#include <gtest/gtest.h>

namespace gpiobroker::core {
namespace {

constexpr LineSettings kHighOutput{.direction = Direction::output,
                                   .bias = Bias::pull_up,
                                   .drive = Drive::open_drain,
                                   .active_low = true,
                                   .value = Value::active};

TEST(ASettingsChange, ThatNamesNothingChangesNothing) {
  EXPECT_EQ(SettingsChange{}.applied_to(kHighOutput), kHighOutput);
  EXPECT_EQ(SettingsChange{}.applied_to(kSafeInput), kSafeInput);
}

TEST(ASettingsChange, ReplacesWhatItNames) {
  const SettingsChange change{.direction = Direction::input,
                              .edge = Edge::both,
                              .bias = Bias::pull_down,
                              .drive = Drive::push_pull,
                              .active_low = false,
                              .event_clock = EventClock::realtime,
                              .debounce = std::chrono::microseconds(7)};
  EXPECT_EQ(change.applied_to(kHighOutput),
            (LineSettings{.direction = Direction::input,
                          .edge = Edge::both,
                          .bias = Bias::pull_down,
                          .drive = Drive::push_pull,
                          .active_low = false,
                          .event_clock = EventClock::realtime,
                          .debounce = std::chrono::microseconds(7)}));
}

TEST(ASettingsChange, KeepsTheLevelOfAnOutputThatStaysOne) {
  const auto next = SettingsChange{.bias = Bias::disabled}.applied_to(kHighOutput);
  EXPECT_EQ(next.value, Value::active);
  EXPECT_EQ(next.bias, Bias::disabled);
}

TEST(ASettingsChange, ReplacesTheLevelThatItNames) {
  EXPECT_EQ(SettingsChange{.value = Value::inactive}.applied_to(kHighOutput).value,
            Value::inactive);
}

TEST(ASettingsChange, DropsTheLevelOfALineThatIsNoOutputAnyMore) {
  const auto next = SettingsChange{.direction = Direction::input}.applied_to(kHighOutput);
  EXPECT_FALSE(next.value);
}

TEST(ASettingsChange, KeepsTheDirectionIfItIsToBeAsItIs) {
  EXPECT_EQ(SettingsChange{.direction = Direction::as_is}.applied_to(kHighOutput), kHighOutput);
}

}  // namespace
}  // namespace gpiobroker::core
