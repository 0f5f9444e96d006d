// SPDX-License-Identifier: GPL-2.0-or-later
// The unit's device policy, which this kernel enforces by the service's control group.
#include <gmock/gmock.h>

#include "pi4/pi_test.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

class TheBrokersSandbox : public PiTest {
 protected:
  /// Opens a device as root, who may by its permissions.
  static std::string opening(const std::string& device) { return "true </dev/" + device; }

  /// Runs a command in a process of its own, in the broker's control group.
  CommandResult run_inside(const std::string& command) {
    const std::string group = pi_.run("systemctl show --value --property=ControlGroup gpiobroker");
    return pi_.try_to_run("sh -c 'echo $$ >/sys/fs/cgroup" + group + "/cgroup.procs; " + command +
                          "'");
  }
};

TEST_F(TheBrokersSandbox, LetsItOpenItsChips) {
  EXPECT_EQ(run_inside(opening("gpiochip0")).status, 0);
  EXPECT_EQ(run_inside(opening("gpiochip1")).status, 0);
}

TEST_F(TheBrokersSandbox, LetsItOpenNoOtherDevice) {
  for (const char* device : {"ttyAMA0", "hwrng", "kmsg", "mem"}) {
    EXPECT_EQ(pi_.run(opening(device)), "") << "without the sandbox";
    const CommandResult inside = run_inside(opening(device));
    EXPECT_NE(inside.status, 0) << device;
    EXPECT_THAT(inside.output, HasSubstr("Operation not permitted")) << device;
  }
}

}  // namespace
}  // namespace gpiobroker::test
