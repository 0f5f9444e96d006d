// SPDX-License-Identifier: GPL-2.0-or-later
// The control: what becomes of the same pins when libgpiod's own tools have them and are killed.
#include "pi4/pi_test.h"

namespace gpiobroker::test {
namespace {

/// One has a line as an output at 1, another has one as an input, both with a pull-up.
class AProgramWithoutTheBroker : public PiTest {
 protected:
  AProgramWithoutTheBroker()
      : driving_(start("gpioset --bias=pull-up GPIO17=1")),
        reading_(start("gpiomon --bias=pull-up GPIO18")) {
    EXPECT_TRUE(become("output at 1, pull up", "input, pull up")) << pi_.run("cat /tmp/log");
  }

  /// Until it is gone: by then it has given its line back.
  void kill_and_wait(const std::string& pid) {
    kill(pid);
    EXPECT_EQ(pi_.try_to_run("wait " + pid).status, 128 + SIGKILL);
  }

  std::string driving_;
  std::string reading_;
};

TEST_F(AProgramWithoutTheBroker, LeavesItsOutputToTheDriverAndItsPullOnWhenItIsKilled) {
  kill_and_wait(driving_);
  EXPECT_EQ(driven(), pi_.persists_outputs() ? "output at 1, pull up" : "input, pull up");
}

TEST_F(AProgramWithoutTheBroker, LeavesThePullOfItsInputOnWhenItIsKilled) {
  kill_and_wait(reading_);
  EXPECT_EQ(read(), "input, pull up");
}

}  // namespace
}  // namespace gpiobroker::test
