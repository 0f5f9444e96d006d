// SPDX-License-Identifier: GPL-2.0-or-later
// What the registers say when a client has lines, and when it is gone.
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

}  // namespace
}  // namespace gpiobroker::test
