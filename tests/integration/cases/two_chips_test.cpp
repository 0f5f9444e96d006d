// SPDX-License-Identifier: GPL-2.0-or-later
// A lease over two chips: all of it, or nothing touched.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

class ALeaseOverTwoChips : public BrokerTest {
 protected:
  /// What is asked for is refused because of the other client, and nobody could tell that it was
  /// asked for.
  void expect_refusal_without_a_trace(const std::vector<std::string>& lines) {
    ASSERT_THAT(other_.acquire({"EXP3"}, driven_high()), Succeeded());
    const Json before = everything();
    const PinState header_pin = pin(kGpio17);
    const PinState expander_pin = pin(kExp3);
    EXPECT_THAT(client_.acquire(lines, driven_high()), RefusedFor("Busy"));
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(pin(kGpio17), header_pin);
    EXPECT_EQ(pin(kExp3), expander_pin);
  }

  ClientProcess client_ = client();
  ClientProcess other_ = client();
};

TEST_F(ALeaseOverTwoChips, DrivesLinesOfBoth) {
  ASSERT_THAT(client_.acquire({"GPIO17", "EXP3"}, driven_high()), Succeeded());
  EXPECT_EQ(pin(kGpio17), (PinState{.driven = true, .high = true, .pull = Pull::up}));
  EXPECT_EQ(pin(kExp3), (PinState{.driven = true, .high = true, .pull = Pull::up}));
}

TEST_F(ALeaseOverTwoChips, LeavesTheFirstAloneIfALineOfTheSecondIsBusy) {
  expect_refusal_without_a_trace({"GPIO17", "EXP3"});
}

TEST_F(ALeaseOverTwoChips, LeavesTheSecondAloneIfALineOfTheFirstIsBusy) {
  expect_refusal_without_a_trace({"EXP3", "GPIO17"});
}

TEST_F(ALeaseOverTwoChips, LeavesTheFirstAloneIfALineOfTheSecondDoesNotExist) {
  const Json before = everything();
  EXPECT_THAT(client_.acquire({"GPIO17", "EXP8"}, driven_high()), RefusedFor("NoSuchLine"));
  EXPECT_EQ(everything(), before);
}

TEST_F(ALeaseOverTwoChips, LeavesTheLevelOfAnInputAlone) {
  board_->drive(observer_, kGpio17, true);
  expect_refusal_without_a_trace({"GPIO17", "EXP3"});
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_FALSE(pin(kGpio17).driven);
}

TEST_F(ALeaseOverTwoChips, CanBeHadOnceTheOtherIsGone) {
  ASSERT_THAT(other_.acquire({"EXP3"}, {}), Succeeded());
  ASSERT_THAT(client_.acquire({"GPIO17", "EXP3"}, driven_high()), RefusedFor("Busy"));
  other_.kill();
  wait_for_goodbye(other_);
  EXPECT_THAT(client_.acquire({"GPIO17", "EXP3"}, driven_high()), Succeeded());
}

TEST_F(ALeaseOverTwoChips, GivesValuesOfBothInOneCall) {
  const std::string lease = lease_in(client_.acquire({"GPIO17", "EXP3"}, driven_high()));
  ASSERT_THAT(client_.set_values(lease, {{"EXP3", 0}}), Succeeded());
  EXPECT_EQ(client_.get_values(lease).values.at(0), Json({{"GPIO17", 1}, {"EXP3", 0}}));
}

TEST_F(ALeaseOverTwoChips, TakesSettingsPerLine) {
  const Json lines = Json::array(
      {Json::array({"GPIO17", Settings{{"direction", v("s", "output")}, {"value", v("i", 1)}}}),
       Json::array({"EXP3", Settings{{"direction", v("s", "input")}}})});
  const Reply reply = client_.call({.path = kManagerPath,
                                    .interface = kManager,
                                    .member = "AcquireLinesEach",
                                    .signature = "a(sa{sv})a{sv}",
                                    .arguments = Json::array({lines, Settings{}})});
  ASSERT_THAT(reply, Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_FALSE(pin(kExp3).driven);
}

}  // namespace
}  // namespace gpiobroker::test
