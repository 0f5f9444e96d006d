// SPDX-License-Identifier: GPL-2.0-or-later
// A leased line as the kernel sees it, and what becomes of it.
#include "harness/broker_test.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

class AKernelLine : public BrokerTest {
 protected:
  AKernelLine() : lease_(lease_in(holder_.acquire({"GPIO17"}, driven_high()))) {}

  [[nodiscard]] std::string debug_text_of(Pin pin) const {
    return debug_text(board_->chip_name(pin.chip), pin.offset);
  }

  [[nodiscard]] gpiod::line_info info_of(Pin pin) const {
    return line_info(board_->chip_name(pin.chip), pin.offset);
  }

  /// gpio-sim keeps the direction of a line that is given back: a missing reset would be seen.
  void expect_an_input_that_nobody_holds(Pin pin) {
    EXPECT_THAT(debug_text_of(pin), testing::StartsWith("(<unused>) input"));
    EXPECT_FALSE(info_of(pin).used());
    EXPECT_EQ(info_of(pin).direction(), gpiod::line::direction::INPUT);
  }

  ClientProcess holder_ = client();
  std::string lease_;
};

TEST_F(AKernelLine, IsDrivenHighWithItsPullUpWhileItIsLeased) {
  EXPECT_EQ(debug_text_of(kGpio17), "(gpiobroker:gpiobroker-test) output-high,pull-up");
  const gpiod::line_info info = info_of(kGpio17);
  EXPECT_TRUE(info.used());
  EXPECT_EQ(info.consumer(), "gpiobroker:gpiobroker-test");
  EXPECT_EQ(info.direction(), gpiod::line::direction::OUTPUT);
  EXPECT_EQ(info.bias(), gpiod::line::bias::PULL_UP);
}

TEST_F(AKernelLine, FollowsWhatItIsSetTo) {
  ASSERT_THAT(holder_.set_values(lease_, {{"GPIO17", 0}}), Succeeded());
  EXPECT_EQ(debug_text_of(kGpio17), "(gpiobroker:gpiobroker-test) output-low,pull-up");
  ASSERT_THAT(holder_.set_values(lease_, {{"GPIO17", 1}}), Succeeded());
  EXPECT_EQ(debug_text_of(kGpio17), "(gpiobroker:gpiobroker-test) output-high,pull-up");
}

TEST_F(AKernelLine, IsAnInputAfterItsHolderWasKilled) {
  holder_.kill();
  wait_for_goodbye(holder_);
  expect_an_input_that_nobody_holds(kGpio17);
}

TEST_F(AKernelLine, IsAnInputAfterItsRelease) {
  ASSERT_THAT(holder_.release(lease_), Succeeded());
  expect_an_input_that_nobody_holds(kGpio17);
}

TEST_F(AKernelLine, IsAnInputAfterABrokerThatWasTerminated) {
  EXPECT_EQ(daemon_.terminate(), exited(EXIT_SUCCESS));
  expect_an_input_that_nobody_holds(kGpio17);
}

TEST_F(AKernelLine, IsAnInputAfterABusThatWasLost) {
  bus_.kill();
  EXPECT_EQ(daemon_.process().wait(), exited(EXIT_FAILURE));
  expect_an_input_that_nobody_holds(kGpio17);
}

TEST_F(AKernelLine, IsAnInputAfterABusThatWasLostInTheMiddleOfACall) {
  daemon_.process().stop();
  holder_.send(acquiring({"GPIO27", "EXP3"}, driven_high()));
  holder_.wait_for_bus();
  bus_.kill();
  daemon_.process().go_on();
  EXPECT_EQ(daemon_.process().wait(), exited(EXIT_FAILURE));
  for (const Pin each : {kGpio17, kGpio27, kExp3}) expect_an_input_that_nobody_holds(each);
}

// The kernel cannot give back a part of a request: what was released early stays the broker's, as
// an input, until its neighbours are released too.
TEST_F(AKernelLine, IsAnInputAfterItWasReleasedBeforeItsNeighbours) {
  const std::string lease = lease_in(holder_.acquire({"GPIO22", "GPIO27"}, driven_high()));
  ASSERT_THAT(holder_.release(lease, {"GPIO27"}), Succeeded());
  EXPECT_THAT(debug_text_of(kGpio27), testing::HasSubstr(") input"));
  EXPECT_EQ(info_of(kGpio27).bias(), gpiod::line::bias::DISABLED);
  EXPECT_EQ(debug_text_of({kHeader, 22}), "(gpiobroker:gpiobroker-test) output-high,pull-up");
  holder_.kill();
  wait_for_goodbye(holder_);
  expect_an_input_that_nobody_holds(kGpio27);
  expect_an_input_that_nobody_holds({kHeader, 22});
}

}  // namespace
}  // namespace gpiobroker::test
