// SPDX-License-Identifier: GPL-2.0-or-later
// What the registers say when a client has lines, and when it is gone.
#include "harness/environment.h"
#include "harness/eventually.h"
#include "pi4/pi_test.h"

namespace gpiobroker::test {
namespace {

class AClientOnAPi : public PiTest {};

TEST_F(AClientOnAPi, RunsWithTheDriverThatThisTestIsFor) {
  EXPECT_EQ(pi_.run("cat /sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs"),
            pi_.persists_outputs() ? "Y" : "N");
}

TEST_F(AClientOnAPi, HasItsLinesResetWhenItIsKilled) {
  expect_safe_pins_after_killing("the client", start_client());
}

TEST_F(AClientOnAPi, HasItsLinesResetWhenItLeavesInPeace) {
  pi_.run("gpiobroker hold GPIO17=1 GPIO18 --bias pull-up -- true");
  EXPECT_TRUE(become_safe()) << driven() << "; " << read();
}

/// A program that drives a line past the broker, by a descriptor of the broker's.
TEST_F(AClientOnAPi, HasItsLineResetWhenItIsKilledWhileItTogglesItDirectly) {
  for (unsigned i = 0; i < times(1); ++i) {
    const std::string pid = start("gpiobroker-example-toggle GPIO17 600");
    const auto is_driven = [this] { return driven().starts_with("output"); };
    ASSERT_TRUE(eventually(is_driven, kPatience)) << driven() << pi_.run("cat /tmp/log");
    kill(pid);
    const auto is_safe = [this] { return driven() == "input, pull none"; };
    ASSERT_TRUE(eventually(is_safe, kPatience)) << driven();
  }
  const std::string ask = "gpiobroker info GPIO17 | grep -qw free";
  EXPECT_TRUE(eventually([&] { return pi_.try_to_run(ask).status == 0; }, kPatience))
      << pi_.run("gpiobroker info GPIO17");
}

/// Pulls, which no other chip that is tested on has.
class AClientOfLinesWithSafePulls : public PiTest {
 protected:
  AClientOfLinesWithSafePulls() {
    pi_.run("mkdir -p /etc/gpiobroker && cat >/etc/gpiobroker/config.json <<'END'\n" +
            std::string(kSafePulls) + "\nEND\nsystemctl reload gpiobroker");
  }
  void TearDown() override {
    pi_.run("rm /etc/gpiobroker/config.json");
    PiTest::TearDown();
  }

  static constexpr const char* kSafePulls = R"({"lines": [
    {"match": ["GPIO17"], "safe": {"direction": "input", "bias": "pull-down"}},
    {"match": ["GPIO18"], "safe": {"direction": "input", "bias": "pull-up"}}]})";
};

TEST_F(AClientOfLinesWithSafePulls, LeavesThemPulledAsTheAdministratorWantsWhenItIsKilled) {
  kill(start_client());
  EXPECT_TRUE(become("input, pull down", "input, pull up")) << driven() << "; " << read();
}

}  // namespace
}  // namespace gpiobroker::test
