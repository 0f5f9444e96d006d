// SPDX-License-Identifier: GPL-2.0-or-later
// What the registers say when the broker itself is gone, and who sees to it.
#include <gmock/gmock.h>

#include "harness/eventually.h"
#include "pi4/pi_test.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

/// Has two lines out on lease, and is not started again when it ends.
class ABrokerOnAPi : public PiTest {
 protected:
  ABrokerOnAPi() {
    change_unit({"Restart=no"});
    start_client();
  }

  bool ends() {
    return eventually(
        [this] { return pi_.try_to_run("systemctl is-failed --quiet gpiobroker").status == 0; },
        kPatience);
  }
};

TEST_F(ABrokerOnAPi, HasItsLinesResetByItsHelperWhenItIsKilled) {
  expect_safe_pins_after_killing("the broker", broker_pid());
  EXPECT_TRUE(ends());
  EXPECT_THAT(pi_.run("journalctl --unit=gpiobroker --output=cat"),
              HasSubstr("left behind by a broker that died; it is reset"));
}

TEST_F(ABrokerOnAPi, ResetsItsLinesWhenItIsStopped) {
  pi_.run("systemctl stop gpiobroker");
  EXPECT_EQ(driven(), "input, pull none");
  EXPECT_EQ(read(), "input, pull none");
}

/// The control to the first: what the helper is there for.
TEST_F(ABrokerOnAPi, LeavesItsPinsToTheDriverWhenItIsKilledAndHasNoHelper) {
  change_unit({"Restart=no", "ExecStopPost="});
  kill(broker_pid());
  ASSERT_TRUE(ends());
  EXPECT_EQ(driven(), pi_.persists_outputs() ? "output at 1, pull up" : "input, pull up");
  EXPECT_EQ(read(), "input, pull up");
  pi_.run("systemctl start gpiobroker");
  EXPECT_EQ(driven(), "input, pull none") << "it resets what it left behind";
  EXPECT_EQ(read(), "input, pull none");
}

}  // namespace
}  // namespace gpiobroker::test
