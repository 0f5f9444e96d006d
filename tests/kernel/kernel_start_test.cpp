// SPDX-License-Identifier: GPL-2.0-or-later
// Starts on a machine without chips, and on chips that the daemon may not have.
#include <filesystem>

#include "harness/broker_test.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

using std::filesystem::perms;
using testing::AllOf;
using testing::HasSubstr;

class AStartOnTheKernelsChips : public testing::Test {
 protected:
  [[nodiscard]] DaemonProcess::Options started_by(uid_t user) const {
    return {.arguments = {"--address", bus_.address()}, .user = user};
  }

  static std::string failure(DaemonProcess& daemon) {
    EXPECT_EQ(daemon.process().wait(), exited(EXIT_FAILURE));
    return daemon.log();
  }

  TestBus bus_;
};

TEST_F(AStartOnTheKernelsChips, FailsWhereThereAreNone) {
  DaemonProcess daemon(started_by(kRoot));
  EXPECT_THAT(failure(daemon), AllOf(HasSubstr("no GPIO chip"), HasSubstr("--simulate")));
}

TEST_F(AStartOnTheKernelsChips, FailsForAUserWhoMayNotOpenThem) {
  const GpioSim chip({.label = "forbidden", .names = {"line"}});
  std::filesystem::permissions(chip.device(), perms::none);
  DaemonProcess daemon(started_by(kNobody));
  EXPECT_THAT(failure(daemon),
              AllOf(HasSubstr(chip.device().string()), HasSubstr("Permission denied"),
                    HasSubstr("run the broker as root")));
}

TEST_F(AStartOnTheKernelsChips, SaysWhichOfThemItMayNotOpen) {
  const GpioSim allowed({.label = "allowed", .names = {"open"}});
  const GpioSim forbidden({.label = "forbidden", .names = {"closed"}});
  std::filesystem::permissions(allowed.device(), perms(0666));
  std::filesystem::permissions(forbidden.device(), perms::none);
  DaemonProcess daemon(started_by(kNobody));
  daemon.wait_until_ready();
  EXPECT_THAT(daemon.log(), HasSubstr(forbidden.device().string()));
  ClientProcess client(bus_.address(), kNobody);
  EXPECT_THAT(client.acquire({"open"}, driven_high()), Succeeded());
  EXPECT_THAT(client.acquire({"closed"}, driven_high()), RefusedFor("NoSuchLine"));
}

}  // namespace
}  // namespace gpiobroker::test
