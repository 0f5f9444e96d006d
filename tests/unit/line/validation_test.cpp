// SPDX-License-Identifier: GPL-2.0-or-later
// Which settings go together, and what is said of those that do not.
#include "core/line/validation.h"

#include <vector>

#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::Bias;
using core::Direction;
using core::Drive;
using core::Edge;
using core::LineSettings;
using core::Reason;
using core::Value;

constexpr std::chrono::microseconds kPeriod{1000};

void expect_accepted(const std::vector<LineSettings>& all) {
  for (const LineSettings& each : all) {
    EXPECT_THAT(core::validate(each), Succeeds()) << &each - all.data();
  }
}

void expect_refused(const LineSettings& settings, const std::string& field,
                    const std::string& words) {
  const auto result = core::validate(settings);
  ASSERT_THAT(result, RefusedFor(Reason::invalid_setting, words));
  EXPECT_EQ(result.error().field, field);
}

TEST(Validation, AcceptsALineLeftAsItIs) {
  expect_accepted({{}, {.event_clock = core::EventClock::realtime}});
}

TEST(Validation, AcceptsWhatGoesWithAnInput) {
  expect_accepted({{.direction = Direction::input},
                   {.direction = Direction::input, .edge = Edge::both, .debounce = kPeriod},
                   {.direction = Direction::input, .bias = Bias::pull_up, .active_low = true},
                   {.direction = Direction::input, .debounce = core::kLongestDebounce},
                   core::kSafeInput});
}

TEST(Validation, AcceptsWhatGoesWithAnOutput) {
  expect_accepted({{.direction = Direction::output},
                   {.direction = Direction::output, .value = Value::inactive},
                   {.direction = Direction::output, .bias = Bias::pull_down, .active_low = true},
                   {.direction = Direction::output, .drive = Drive::open_drain},
                   {.direction = Direction::output, .drive = Drive::open_source}});
}

TEST(Validation, WantsAnOutputForAValue) {
  expect_refused({.direction = Direction::input, .value = Value::active}, "value",
                 "value '1' needs direction output; direction here is 'input'");
  expect_refused({.value = Value::inactive}, "value",
                 "value '0' needs direction output; direction here is 'as-is'");
}

TEST(Validation, WantsAnOutputForADrive) {
  expect_refused({.direction = Direction::input, .drive = Drive::open_drain}, "drive",
                 "drive 'open-drain' needs direction output");
  expect_refused({.drive = Drive::open_source}, "drive", "direction here is 'as-is'");
}

TEST(Validation, WantsAnInputForEdges) {
  expect_refused({.direction = Direction::output, .edge = Edge::rising}, "edge",
                 "edge 'rising' needs direction input");
  expect_refused({.edge = Edge::both}, "edge", "edge 'both' needs direction input");
}

TEST(Validation, WantsAnInputForADebouncePeriod) {
  expect_refused({.direction = Direction::output, .debounce = kPeriod}, "debounce-period",
                 "debounce-period '1000' needs direction input");
  expect_refused({.debounce = kPeriod}, "debounce-period", "direction here is 'as-is'");
}

TEST(Validation, WantsADirectionForABias) {
  for (const Bias bias : {Bias::disabled, Bias::pull_up, Bias::pull_down}) {
    expect_refused({.bias = bias}, "bias", "needs direction input or output");
  }
}

TEST(Validation, WantsADirectionForActiveLow) {
  expect_refused({.active_low = true}, "active-low", "needs direction input or output");
}

}  // namespace
}  // namespace gpiobroker::test
