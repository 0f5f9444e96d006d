// SPDX-License-Identifier: GPL-2.0-or-later
// What every chip promises of levels.
#include "contract/chip_contract.h"

namespace gpiobroker::test {
namespace {

using core::Direction;
using core::Reason;
using core::Value;

constexpr auto kActive = Value::active;
constexpr auto kInactive = Value::inactive;

using Values = std::vector<Value>;

TEST_P(AChip, ReadsWhatIsOnThePin) {
  const auto request = take_as(kGpio17, kInput);
  bench_->drive(kGpio17, true);
  EXPECT_EQ(request->get(std::vector{kGpio17}).value(), Values{kActive});
  bench_->drive(kGpio17, false);
  EXPECT_EQ(request->get(std::vector{kGpio17}).value(), Values{kInactive});
}

TEST_P(AChip, ReadsAnActiveLowLineTurnedRound) {
  const auto request = take_as(kGpio17, {.direction = Direction::input, .active_low = true});
  bench_->drive(kGpio17, true);
  EXPECT_EQ(request->get(std::vector{kGpio17}).value(), Values{kInactive});
}

TEST_P(AChip, ReadsInTheOrderItIsAsked) {
  const auto request = take({kGpio4, kGpio17, kGpio27});
  bench_->drive(kGpio17, true);
  EXPECT_EQ(request->get(std::vector{kGpio27, kGpio17, kGpio4}).value(),
            (Values{kInactive, kActive, kInactive}));
  EXPECT_EQ(request->get(std::vector{kGpio17, kGpio4}).value(), (Values{kActive, kInactive}));
}

TEST_P(AChip, ReadsALineAsOftenAsItIsAsked) {
  const auto request = take({kGpio17});
  bench_->drive(kGpio17, true);
  EXPECT_EQ(request->get(std::vector(100, kGpio17)).value(), Values(100, kActive));
}

TEST_P(AChip, ReadsNothingIfItIsAskedForNothing) {
  const auto request = take({kGpio17});
  EXPECT_EQ(request->get({}).value(), Values{});
}

TEST_P(AChip, ReadsNoLineOfAnotherRequest) {
  const auto request = take({kGpio17});
  const auto other = take({kGpio27});
  refused(request->get(std::vector{kGpio27}), Reason::unsupported);
  refused(request->get(std::vector{kGpio17, kGpio27}), Reason::unsupported);
  refused(request->get(first_lines(kLineCount)), Reason::unsupported);
}

TEST_P(AChip, DrivesASubsetOfItsLines) {
  const auto request = take({kGpio4, kGpio17, kGpio27});
  ASSERT_TRUE(request->configure(
      std::vector<LineWithSettings>{{kGpio4, kLow}, {kGpio17, kLow}, {kGpio27, kHigh}}));
  ASSERT_TRUE(request->set(std::vector<LineWithValue>{{kGpio27, kInactive}, {kGpio4, kActive}}));
  EXPECT_TRUE(bench_->is_high(kGpio4));
  EXPECT_FALSE(bench_->is_high(kGpio17));
  EXPECT_FALSE(bench_->is_high(kGpio27));
  EXPECT_EQ(request->get(std::vector{kGpio4, kGpio17, kGpio27}).value(),
            (Values{kActive, kInactive, kInactive}));
}

TEST_P(AChip, DrivesAnActiveLowLineTurnedRound) {
  const auto request = take_as(kGpio17, {.direction = Direction::output, .active_low = true});
  ASSERT_TRUE(request->set(std::vector<LineWithValue>{{kGpio17, kActive}}));
  EXPECT_FALSE(bench_->is_high(kGpio17));
}

TEST_P(AChip, DrivesALineToTheLastOfItsValues) {
  const auto request = take_as(kGpio17, kLow);
  std::vector<LineWithValue> values(100, LineWithValue{kGpio17, kInactive});
  values.push_back({kGpio17, kActive});
  ASSERT_TRUE(request->set(values));
  EXPECT_TRUE(bench_->is_high(kGpio17));
}

TEST_P(AChip, DrivesNoInputAndThenNoneOfTheOthers) {
  const auto request = take({kGpio17, kGpio27});
  ASSERT_TRUE(
      request->configure(std::vector<LineWithSettings>{{kGpio17, kLow}, {kGpio27, kInput}}));
  refused(request->set(std::vector<LineWithValue>{{kGpio17, kActive}, {kGpio27, kActive}}),
          Reason::unsupported);
  EXPECT_FALSE(bench_->is_high(kGpio17));
}

TEST_P(AChip, DrivesNoLineOfAnotherRequest) {
  const auto request = take_as(kGpio17, kLow);
  const auto other = take_as(kGpio27, kLow);
  refused(request->set(std::vector<LineWithValue>{{kGpio27, kActive}}), Reason::unsupported);
  refused(request->set(std::vector<LineWithValue>{{kGpio17, kActive}, {kGpio27, kActive}}),
          Reason::unsupported);
  EXPECT_FALSE(bench_->is_high(kGpio27));
}

TEST_P(AChip, KeepsTheLevelOfAnOutputThatIsConfiguredAgain) {
  const auto request = take({kGpio17, kGpio27});
  ASSERT_TRUE(request->configure(std::vector<LineWithSettings>{{kGpio17, kHigh}, {kGpio27, kLow}}));
  ASSERT_TRUE(request->configure(
      std::vector<LineWithSettings>{{kGpio17, kHigh}, {kGpio27, core::kSafeInput}}));
  EXPECT_TRUE(bench_->is_high(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
