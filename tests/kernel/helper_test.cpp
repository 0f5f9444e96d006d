// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-reset on a chip that takes its time: nobody who asks it to end gets it to, half way.
#include "harness/broker_test.h"
#include "harness/temporary_folder.h"
#include "kernel/kernel_view.h"
#include "kernel/shared_faults.h"

namespace gpiobroker::test {
namespace {

class ASlowHelper : public testing::TestWithParam<int> {
 protected:
  ASlowHelper() {
    leave_lines_driven();
    faults_.arm(1, {.all_after = true, .milliseconds = 20});
  }

  /// By a broker that is killed.
  void leave_lines_driven() {
    const TestBus bus;
    DaemonProcess daemon(
        {.arguments = {"--address", bus.address()}, .state = state_.file("state")});
    daemon.wait_until_ready();
    ClientProcess client(bus.address(), kNobody);
    EXPECT_THAT(client.acquire({"GPIO17", "EXP3"}, driven_high()), Succeeded());
    daemon.process().signal(SIGKILL);
    EXPECT_EQ(daemon.process().wait(), killed_by(SIGKILL));
  }

  [[nodiscard]] std::vector<std::string> command() const {
    std::vector<std::string> words = faults_.wrapper();
    words.push_back(program_beside("gpiobroker-reset"));
    words.insert(words.end(), {"--state", state_.file("state")});
    return words;
  }

  std::unique_ptr<Board> board_ = make_board();
  TemporaryFolder state_;
  Faults faults_;
};

TEST_P(ASlowHelper, GoesOnWhenItIsAskedToEnd) {
  Process helper({.command = command(), .environment = {}, .user = {}, .streams = {}});
  ASSERT_TRUE(eventually([this] { return faults_.struck(); }));
  ASSERT_TRUE(is_driven(*board_, kGpio17));
  helper.signal(GetParam());
  EXPECT_EQ(helper.wait(), exited(EXIT_SUCCESS));
  EXPECT_FALSE(is_driven(*board_, kGpio17) || is_driven(*board_, kExp3));
}

INSTANTIATE_TEST_SUITE_P(By, ASlowHelper, testing::Values(SIGTERM, SIGINT, SIGHUP),
                         [](const auto& each) { return sigabbrev_np(each.param); });

}  // namespace
}  // namespace gpiobroker::test
