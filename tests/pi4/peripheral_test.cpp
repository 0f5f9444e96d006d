// SPDX-License-Identifier: GPL-2.0-or-later
// Pins that serve a peripheral: what their function select says, whatever is asked of the broker.
#include <array>

#include <gmock/gmock.h>

#include "harness/eventually.h"
#include "pi4/pi_test.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::uint32_t kAlt5 = 0b010;

/// The console's pins, those of Bluetooth's UART, and GPIO18, which is switched to a function from
/// outside, so that no driver of the kernel's has claimed it.
class APinThatServesOnAPi : public PiTest {
 protected:
  APinThatServesOnAPi() {
    pi_.select_function(kSwitchedFromOutside, kAlt5);
    before_ = functions();
    for (const std::uint32_t function : before_) EXPECT_GT(function, 1U) << "no alternate function";
  }
  void TearDown() override {
    pi_.select_function(kSwitchedFromOutside, 0);
    PiTest::TearDown();
  }

  [[nodiscard]] std::vector<std::uint32_t> functions() {
    std::vector<std::uint32_t> functions;
    for (const unsigned offset : kServing) functions.push_back(pi_.function_of(offset));
    return functions;
  }

  CommandResult as_nobody(const std::string& command) {
    return pi_.try_to_run("setpriv --reuid=65534 --regid=65534 --clear-groups " + command);
  }

  static std::string spec(unsigned offset) { return "gpiochip0:" + std::to_string(offset); }

  /// Lays a configuration over the broker's, for all lines of the chip, and takes it away again.
  void park_all_lines() {
    pi_.run(
        "mkdir -p /etc/gpiobroker && echo '{\"lines\": [{\"match\": [\"gpiochip0:0-57\"], "
        "\"park\": "
        "true}]}' >/etc/gpiobroker/config.json && systemctl reload gpiobroker");
  }
  void park_no_lines() { pi_.run("rm /etc/gpiobroker/config.json && systemctl reload gpiobroker"); }

  static constexpr unsigned kSwitchedFromOutside = 18;
  static constexpr std::array<unsigned, 7> kServing{14, 15, 30, 31, 32, 33, kSwitchedFromOutside};

  std::vector<std::uint32_t> before_;
};

TEST_F(APinThatServesOnAPi, IsShownWithItsFunction) {
  EXPECT_THAT(pi_.run("gpiobroker info gpiochip0:14"),
              AllOf(HasSubstr("peripheral"), HasSubstr("alt5 of fe215040.serial")));
  EXPECT_THAT(pi_.run("gpiobroker info gpiochip0:32"), HasSubstr("of fe201000.serial"));
  EXPECT_THAT(pi_.run("gpiobroker info gpiochip0:18"),
              AllOf(HasSubstr("peripheral"), HasSubstr("alt5")));
  EXPECT_THAT(pi_.run("gpiobroker info gpiochip0:17"), HasSubstr("free"));
}

TEST_F(APinThatServesOnAPi, IsNotReadByAnybody) {
  for (const unsigned offset : kServing) {
    const CommandResult read = as_nobody("gpiobroker get " + spec(offset));
    EXPECT_EQ(read.status, 3) << read.output;
    EXPECT_THAT(read.output, AllOf(HasSubstr("serves a peripheral"), HasSubstr("alt")));
  }
  EXPECT_EQ(functions(), before_);
}

TEST_F(APinThatServesOnAPi, IsNotLeasedByRootThatDoesNotSaySo) {
  for (const unsigned offset : kServing) {
    const CommandResult set = pi_.try_to_run("gpiobroker set " + spec(offset) + "=1");
    EXPECT_EQ(set.status, 3) << set.output;
    EXPECT_THAT(set.output, HasSubstr("take-from-peripheral"));
  }
  EXPECT_EQ(functions(), before_);
}

TEST_F(APinThatServesOnAPi, IsNotTouchedByARequestThatIsRefusedForAnotherLine) {
  start("gpioset -c gpiochip0 22=1");
  ASSERT_TRUE(become_used(22));
  for (const unsigned offset : kServing) {
    EXPECT_NE(pi_.try_to_run("gpiobroker set " + spec(offset) + "=1 gpiochip0:22=1").status, 0);
    EXPECT_NE(pi_.try_to_run("gpiobroker set gpiochip0:17=1 " + spec(offset) + "=1").status, 0);
  }
  EXPECT_EQ(functions(), before_);
  EXPECT_EQ(pi_.function_of(17), 0U);
}

TEST_F(APinThatServesOnAPi, IsNotObserved) {
  for (const unsigned offset : kServing) {
    EXPECT_EQ(as_nobody("gpiobroker monitor --observe " + spec(offset)).status, 3);
  }
  EXPECT_EQ(functions(), before_);
}

TEST_F(APinThatServesOnAPi, IsNotParkedWithAllLines) {
  park_all_lines();
  EXPECT_EQ(functions(), before_);
  EXPECT_THAT(pi_.run("gpioinfo -c gpiochip0 17"), HasSubstr("gpiobroker:parked"));
  park_no_lines();
  EXPECT_EQ(functions(), before_);
}

TEST_F(APinThatServesOnAPi, IsNotTouchedByTheHelperNorByTheNextBroker) {
  start("gpiobroker hold GPIO17=1 -- sleep infinity");
  ASSERT_TRUE(become_used(17));
  kill(broker_pid());  // and systemd runs the helper before it starts the next one
  EXPECT_TRUE(eventually(
      [&] { return pi_.try_to_run("systemctl is-active gpiobroker").output == "active"; },
      kPatience));
  pi_.run("systemctl stop gpiobroker");
  EXPECT_EQ(pi_.function_of(17), 0U);
  EXPECT_EQ(functions(), before_);
}

TEST_F(APinThatServesOnAPi, IsTakenByRootThatSaysSoAndAnInputAfterwards) {
  const std::string hold = "gpiobroker hold --take-from-peripheral gpiochip0:18=1 -- true";
  EXPECT_EQ(as_nobody(hold).status, 4);
  EXPECT_EQ(functions(), before_);
  pi_.run(hold);
  EXPECT_EQ(read(), "input, pull none");
}

}  // namespace
}  // namespace gpiobroker::test
