// SPDX-License-Identifier: GPL-2.0-or-later
// What the pins of a simulated chip do that no kernel would let us see.
#include "gpio/simulated_chip.h"

#include "support/must.h"
#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::Bias;
using core::Direction;
using core::Drive;
using core::LineSettings;
using core::Offset;
using core::Reason;
using core::Value;

constexpr Offset kLine{17};
constexpr LineSettings kDrivenHigh{.direction = Direction::output, .value = Value::active};

class ASimulatedPin : public testing::Test {
 protected:
  void configure(const LineSettings& settings) {
    must(request_->configure(std::vector<core::LineWithSettings<core::Offset>>{{kLine, settings}}));
  }

  void attach(std::optional<bool> high) { must(pins().drive_input(kLine, high)); }

  [[nodiscard]] core::Simulation& pins() { return *chip_->simulation(); }
  [[nodiscard]] core::PinState pin() { return pins().pin_state(kLine).value(); }

  std::unique_ptr<core::Chip> chip_ = gpio::make_simulated_chip(3, 58, "");
  std::unique_ptr<core::LineRequest> request_ =
      std::move(chip_->request(std::vector{kLine}, "test").value());
};

TEST_F(ASimulatedPin, FloatsLowAtFirst) {
  EXPECT_FALSE(pin().driven);
  EXPECT_FALSE(pin().high);
  EXPECT_EQ(pin().pull, Bias::disabled);
}

TEST_F(ASimulatedPin, FollowsItsPullUnlessAWireIsAttached) {
  configure({.direction = Direction::input, .bias = Bias::pull_up});
  EXPECT_TRUE(pin().high);
  attach(false);
  EXPECT_FALSE(pin().high);
  attach(std::nullopt);
  EXPECT_TRUE(pin().high);
  configure({.direction = Direction::input, .bias = Bias::pull_down});
  EXPECT_FALSE(pin().high);
}

TEST_F(ASimulatedPin, WinsAgainstAWireWhileItDrives) {
  attach(false);
  configure(kDrivenHigh);
  EXPECT_TRUE(pin().driven);
  EXPECT_TRUE(pin().high);
}

TEST_F(ASimulatedPin, OnlyPullsLowAsAnOpenDrain) {
  configure({.direction = Direction::output,
             .bias = Bias::pull_up,
             .drive = Drive::open_drain,
             .value = Value::active});
  EXPECT_FALSE(pin().driven);
  EXPECT_TRUE(pin().high);
  attach(false);
  EXPECT_EQ(request_->get(std::vector{kLine}).value().front(), Value::inactive);
  must(request_->set(std::vector<core::LineWithValue<core::Offset>>{{kLine, Value::inactive}}));
  attach(true);
  EXPECT_TRUE(pin().driven);
  EXPECT_FALSE(pin().high);
}

TEST_F(ASimulatedPin, OnlyPullsHighAsAnOpenSource) {
  configure(
      {.direction = Direction::output, .drive = Drive::open_source, .value = Value::inactive});
  EXPECT_FALSE(pin().driven);
  attach(true);
  EXPECT_TRUE(pin().high);
  attach(false);
  must(request_->set(std::vector<core::LineWithValue<core::Offset>>{{kLine, Value::active}}));
  EXPECT_TRUE(pin().driven);
  EXPECT_TRUE(pin().high);
}

TEST_F(ASimulatedPin, KeepsDrivingAndPullingWhenItsLineIsGivenBack) {
  configure({.direction = Direction::output, .bias = Bias::pull_up, .value = Value::active});
  request_.reset();
  EXPECT_TRUE(pin().driven);
  EXPECT_TRUE(pin().high);
  EXPECT_EQ(pin().pull, Bias::pull_up);
  const auto info = chip_->line_info(kLine).value();
  EXPECT_FALSE(info.used);
  EXPECT_EQ(info.settings.direction, Direction::output);
  EXPECT_EQ(info.settings.bias, Bias::unknown);
}

TEST_F(ASimulatedPin, KeepsItsPullIfNoneIsAskedFor) {
  configure({.direction = Direction::input, .bias = Bias::pull_up});
  configure({.direction = Direction::input});
  EXPECT_EQ(pin().pull, Bias::pull_up);
  EXPECT_EQ(chip_->line_info(kLine)->settings.bias, Bias::unknown);
}

TEST_F(ASimulatedPin, KeepsItsLevelWhenActiveLowIsForgotten) {
  configure({.direction = Direction::output, .active_low = true, .value = Value::active});
  request_.reset();
  request_ = std::move(chip_->request(std::vector{kLine}, "test").value());
  EXPECT_FALSE(pin().high);
  EXPECT_EQ(request_->get(std::vector{kLine}).value().front(), Value::inactive);
}

TEST_F(ASimulatedPin, IsNotOneThatTheChipDoesNotHave) {
  EXPECT_THAT(pins().drive_input(Offset{58}, true), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(pins().pin_state(Offset{58}), RefusedFor(Reason::no_such_line));
}

TEST(ASimulatedChip, IsARaspberryPi4UnlessItIsLabelled) {
  const auto pi = gpio::make_simulated_chip(3, 60, "");
  EXPECT_EQ(pi->info().name, "gpiochip3");
  EXPECT_EQ(pi->info().label, "pinctrl-bcm2711");
  EXPECT_EQ(pi->info().path, "");
  EXPECT_EQ(pi->line_info(Offset{1})->name, "ID_SCL");
  EXPECT_EQ(pi->line_info(Offset{27})->name, "GPIO27");
  EXPECT_EQ(pi->line_info(Offset{28})->name, "RGMII_MDIO");
  EXPECT_EQ(pi->line_info(Offset{57})->name, "RGMII_TXD3");
  EXPECT_EQ(pi->line_info(Offset{58})->name, "");
}

TEST(ASimulatedChip, IsAnExpanderUnderAnyOtherLabel) {
  const auto expander = gpio::make_simulated_chip(1, 8, "gpio-expander");
  EXPECT_EQ(expander->info().label, "gpio-expander");
  EXPECT_EQ(expander->line_info(Offset{0})->name, "EXP0");
  EXPECT_EQ(expander->line_info(Offset{7})->name, "EXP7");
}

class ADebouncedPin : public ASimulatedPin {
 protected:
  void debounce(std::chrono::microseconds period) {
    configure({.direction = Direction::input, .edge = core::Edge::both, .debounce = period});
  }

  Value level() { return request_->get(std::vector{kLine}).value().front(); }
  std::vector<core::LineEdge> edges() { return request_->read_edges().value(); }
};

TEST_F(ADebouncedPin, KeepsItsLevelUntilTheNewOneHasSettled) {
  debounce(std::chrono::hours(1));
  attach(true);
  EXPECT_TRUE(pin().high) << "the wire itself";
  EXPECT_EQ(level(), Value::inactive);
  EXPECT_THAT(edges(), testing::IsEmpty());
}

TEST_F(ADebouncedPin, TellsOfOneEdgeOnceItHasSettled) {
  debounce(std::chrono::microseconds(1));
  attach(true);
  while (level() == Value::inactive) continue;
  const auto seen = edges();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_TRUE(seen.front().rising);
  EXPECT_EQ(seen.front().sequence, 1U);
}

TEST_F(ADebouncedPin, BeginsWithTheLevelThatIsThere) {
  attach(true);
  debounce(std::chrono::hours(1));
  EXPECT_EQ(level(), Value::active);
  debounce(std::chrono::microseconds(0));
  attach(false);
  EXPECT_EQ(level(), Value::inactive);
}

TEST_F(ASimulatedPin, StampsItsEdgesWithTheTimeOfItsEventClock) {
  using std::chrono::system_clock;
  configure({.direction = Direction::input,
             .edge = core::Edge::both,
             .event_clock = core::EventClock::realtime});
  const auto before = system_clock::now().time_since_epoch();
  attach(true);
  const auto after = system_clock::now().time_since_epoch();
  const auto edges = request_->read_edges().value();
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_GE(edges.front().timestamp, before);
  EXPECT_LE(edges.front().timestamp, after);
}

}  // namespace
}  // namespace gpiobroker::test
