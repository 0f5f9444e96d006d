// SPDX-License-Identifier: GPL-2.0-or-later
// What every chip promises of settings.
#include "contract/chip_contract.h"

namespace gpiobroker::test {
namespace {

using namespace std::chrono_literals;

using core::Bias;
using core::Direction;
using core::Edge;
using core::LineSettings;
using core::Reason;
using core::Value;

/// Settings as line info shows them: without a value, and with an unknown bias where none was set.
LineSettings shown(LineSettings settings) {
  settings.value.reset();
  if (settings.bias == Bias::as_is) settings.bias = Bias::unknown;
  return settings;
}

TEST_P(AChip, ShowsTheSettingsOfALineThatIsHeld) {
  const std::vector<LineSettings> all{
      core::kSafeInput,
      kInput,
      {.direction = Direction::input, .bias = Bias::pull_up, .active_low = true},
      {.direction = Direction::input, .edge = Edge::rising, .bias = Bias::pull_down},
      {.direction = Direction::input,
       .edge = Edge::both,
       .event_clock = core::EventClock::realtime,
       .debounce = 5ms},
      {.direction = Direction::output, .bias = Bias::disabled, .value = Value::active},
      {.direction = Direction::output, .drive = core::Drive::open_drain, .value = Value::inactive},
      {.direction = Direction::output, .drive = core::Drive::open_source, .active_low = true}};
  const auto request = take({kGpio17});
  for (const LineSettings& each : all) {
    ASSERT_TRUE(request->configure(std::vector{LineWithSettings{kGpio17, each}}));
    EXPECT_EQ(settings(kGpio17), shown(each)) << &each - all.data();
  }
}

TEST_P(AChip, BecomesASafeInputFromAnything) {
  const auto request = take({kGpio17});
  for (const LineSettings& each :
       {kHigh, LineSettings{.direction = Direction::input, .edge = Edge::both, .debounce = 1ms},
        LineSettings{.direction = Direction::output, .bias = Bias::pull_up, .active_low = true}}) {
    ASSERT_TRUE(request->configure(std::vector{LineWithSettings{kGpio17, each}}));
    ASSERT_TRUE(request->configure(std::vector{LineWithSettings{kGpio17, core::kSafeInput}}));
    EXPECT_EQ(settings(kGpio17), core::kSafeInput);
  }
}

TEST_P(AChip, BecomesAnOutputWithItsValue) {
  const auto request = take_as(kGpio17, kHigh);
  EXPECT_TRUE(bench_->is_high(kGpio17));
}

TEST_P(AChip, BecomesAnOutputWithItsValueTurnedRoundIfActiveLow) {
  const auto request = take_as(
      kGpio17, {.direction = Direction::output, .active_low = true, .value = Value::active});
  EXPECT_FALSE(bench_->is_high(kGpio17));
}

TEST_P(AChip, TakesAnOmittedValueForInactive) {
  const auto request = take_as(kGpio17, {.direction = Direction::output, .active_low = true});
  EXPECT_TRUE(bench_->is_high(kGpio17));
}

TEST_P(AChip, LeavesALineWithDirectionAsIsAlone) {
  const auto request = take({kGpio4, kGpio17, kGpio27});
  const LineSettings button{.direction = Direction::input,
                            .edge = Edge::falling,
                            .bias = Bias::pull_up,
                            .active_low = true};
  ASSERT_TRUE(request->configure(
      std::vector<LineWithSettings>{{kGpio4, button}, {kGpio17, kHigh}, {kGpio27, kInput}}));
  ASSERT_TRUE(request->configure(
      std::vector<LineWithSettings>{{kGpio4, {}}, {kGpio17, {}}, {kGpio27, core::kSafeInput}}));
  EXPECT_EQ(settings(kGpio4), button);
  EXPECT_EQ(settings(kGpio17), shown(kHigh));
  EXPECT_TRUE(bench_->is_high(kGpio17));
  EXPECT_EQ(settings(kGpio27), core::kSafeInput);
}

TEST_P(AChip, LeavesALineWithDirectionAsIsAloneWhateverElseIsSaidOfIt) {
  const auto request = take_as(kGpio17, kHigh);
  ASSERT_TRUE(request->configure(std::vector{LineWithSettings{kGpio17, {.edge = Edge::both}}}));
  EXPECT_EQ(settings(kGpio17), shown(kHigh));
  EXPECT_TRUE(bench_->is_high(kGpio17));
}

TEST_P(AChip, ConfiguresAllLinesOfARequestOrRefuses) {
  const auto request = take({kGpio17, kGpio27});
  refused(request->configure(std::vector<LineWithSettings>{{kGpio17, kHigh}}), Reason::unsupported);
  refused(request->configure(std::vector<LineWithSettings>{{kGpio27, kHigh}, {kGpio17, kHigh}}),
          Reason::unsupported);
  refused(request->configure(std::vector<LineWithSettings>{{kGpio17, kHigh}, {kGpio4, kHigh}}),
          Reason::unsupported);
  EXPECT_EQ(settings(kGpio17).direction, Direction::input);
}

TEST_P(AChip, ChangesNothingIfItCannotDoOneOfTheSettings) {
  const auto request = take({kGpio17, kGpio27});
  const LineSettings impossible{
      .direction = Direction::input, .edge = Edge::both, .event_clock = core::EventClock::hte};
  refused(
      request->configure(std::vector<LineWithSettings>{{kGpio17, kHigh}, {kGpio27, impossible}}),
      Reason::unsupported);
  EXPECT_EQ(settings(kGpio17).direction, Direction::input);
  EXPECT_FALSE(bench_->is_high(kGpio17));
}

/// Ten different debounce periods, and inputs: 10 attributes for the kernel.
std::vector<LineWithSettings> debounced(std::uint32_t periods) {
  std::vector<LineWithSettings> lines;
  for (const Offset line : first_lines(periods)) {
    lines.push_back({line, kInput});
    lines.back().settings.debounce = std::chrono::milliseconds(line.value + 1);
  }
  return lines;
}

TEST_P(AChip, TakesTenDifferentSettings) {
  const auto request = take(first_lines(10));
  EXPECT_TRUE(request->configure(debounced(10)));
  EXPECT_EQ(settings(Offset{9}).debounce, 10ms);
}

TEST_P(AChip, SaysSoIfSettingsAreTooManyDifferentOnes) {
  const auto request = take(first_lines(11));
  const auto message = refused(request->configure(debounced(11)), Reason::unsupported);
  EXPECT_NE(message.find("at most 10 different settings"), std::string::npos) << message;
  EXPECT_EQ(settings(Offset{0}).debounce, 0ms);
}

}  // namespace
}  // namespace gpiobroker::test
