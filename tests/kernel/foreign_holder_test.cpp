// SPDX-License-Identifier: GPL-2.0-or-later
// Lines that somebody outside the broker holds, or left behind.
#include "harness/broker_test.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

using gpiod::line::direction;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class AForeignHolder : public BrokerTest {
 protected:
  [[nodiscard]] gpiod::line_request holding(Pin pin, direction as) const {
    return hold_directly(board_->chip_name(pin.chip), pin.offset, "stranger", as);
  }

  [[nodiscard]] std::string debug_text_of(Pin pin) const {
    return debug_text(board_->chip_name(pin.chip), pin.offset);
  }

  /// Without the holder: " output-high,pull-up".
  static std::string state_in(const std::string& debug_text) {
    return debug_text.substr(debug_text.find(')') + 1);
  }

  ClientProcess client_ = client();
};

TEST_F(AForeignHolder, IsNamedToWhomItKeepsFromALine) {
  const auto foreign = holding(kGpio17, direction::INPUT);
  EXPECT_THAT(client_.acquire({"GPIO17"}, {}),
              RefusedFor("InUse", AllOf(HasSubstr("GPIO17"), HasSubstr("'stranger'"))));
}

TEST_F(AForeignHolder, IsSeenOnTheLine) {
  const auto foreign = holding(kGpio17, direction::OUTPUT);
  const Json line17 = line("GPIO17");
  EXPECT_EQ(line17.at("State"), "in-use");
  EXPECT_EQ(line17.at("Used"), true);
  EXPECT_EQ(line17.at("Consumer"), "stranger");
  EXPECT_EQ(line17.at("Direction"), "output");
}

TEST_F(AForeignHolder, KeepsItsLineAsItIs) {
  const auto foreign = holding(kGpio17, direction::OUTPUT);
  ASSERT_THAT(client_.acquire({"GPIO17"}, {{"direction", v("s", "input")}}), RefusedFor("InUse"));
  EXPECT_THAT(debug_text_of(kGpio17), HasSubstr("(stranger) output-high"));
}

TEST_F(AForeignHolder, MakesRoomByItsEnd) {
  auto foreign = holding(kGpio17, direction::INPUT);
  ASSERT_THAT(client_.acquire({"GPIO17"}, driven_high()), RefusedFor("InUse"));
  foreign.release();
  EXPECT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(AForeignHolder, OnTheSecondChipLeavesTheFirstUntouched) {
  const auto foreign = holding(kExp3, direction::INPUT);
  const Json before = everything();
  const std::string text = debug_text_of(kGpio17);
  EXPECT_THAT(client_.acquire({"GPIO17", "EXP3"}, driven_high()),
              RefusedFor("InUse", AllOf(HasSubstr("EXP3"), HasSubstr("'stranger'"))));
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(debug_text_of(kGpio17), text);
}

// gpio-sim keeps driving what is given back, as a Raspberry Pi 5 does; other drivers do not, so the
// broker may go on holding such a line, which can be leased all the same.
TEST_F(AForeignHolder, OnTheSecondChipLeavesAnOutputThatAnotherProgramLeftBehind) {
  { const auto gone = holding(kGpio17, direction::OUTPUT); }
  const auto foreign = holding(kExp3, direction::INPUT);
  const std::string before = state_in(debug_text_of(kGpio17));
  ASSERT_THAT(before, StartsWith(" output"));
  EXPECT_THAT(client_.acquire({"GPIO17", "EXP3"}, {{"direction", v("s", "input")}}),
              RefusedFor("InUse"));
  EXPECT_EQ(state_in(debug_text_of(kGpio17)), before);
  EXPECT_EQ(line("GPIO17").at("State"), "kept");
  EXPECT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(AForeignHolder, KeepsItsLineFromBeingRead) {
  const auto foreign = holding(kGpio17, direction::INPUT);
  const Json arguments = Json::array({Json::array({"GPIO17"}), Json::object()});
  EXPECT_THAT(client_.call(on_manager("ReadLines", "asa{sv}", arguments)), RefusedFor("InUse"));
}

/// A line that the kernel itself keeps, from the chip's beginning on.
class AHog : public testing::Test {
 protected:
  AHog() { daemon_.wait_until_ready(); }

  GpioSim chip_{{.label = "hogged", .names = {"free", "taken"}, .hogs = {{{1}, "spi0 CS0"}}}};
  TestBus bus_;
  DaemonProcess daemon_{{.arguments = {"--address", bus_.address()}}};
  ClientProcess client_{bus_.address(), kNobody};
};

TEST_F(AHog, IsNamedToWhomItKeepsFromALine) {
  EXPECT_THAT(client_.acquire({"taken"}, {}), RefusedFor("InUse", HasSubstr("'spi0 CS0'")));
}

TEST_F(AHog, LeavesItsNeighbourUntouched) {
  const std::string before = debug_text(chip_.chip_name(), 0);
  EXPECT_THAT(client_.acquire({"free", "taken"}, driven_high()), RefusedFor("InUse"));
  EXPECT_EQ(debug_text(chip_.chip_name(), 0), before);
  EXPECT_THAT(client_.acquire({"free"}, driven_high()), Succeeded());
}

}  // namespace
}  // namespace gpiobroker::test
