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
using testing::Not;

class AStartOnTheKernelsChips : public testing::Test {
 protected:
  [[nodiscard]] DaemonProcess::Options started_by(uid_t user) const {
    return {.arguments = {"--address", bus_.address()}, .user = user};
  }

  static std::string problems(ClientProcess& client) {
    return client
        .call({.path = kManagerPath,
               .interface = kProperties,
               .member = "Get",
               .signature = "ss",
               .arguments = Json::array({kManager, "Problems"})})
        .values.dump();
  }

  TestBus bus_{R"(<allow own="org.gpiobroker1"/>)"};
};

TEST_F(AStartOnTheKernelsChips, WaitsForOneWhereThereAreNoneAndAnswersMeanwhile) {
  DaemonProcess daemon(started_by(kRoot));
  daemon.wait_until_ready();
  EXPECT_THAT(daemon.log(), AllOf(HasSubstr("no GPIO chip"), HasSubstr("--simulate")));
  ClientProcess client(bus_.address(), kNobody);
  EXPECT_THAT(client.acquire({"late"}, driven_high()),
              RefusedFor("NoSuchLine", HasSubstr("the broker has no GPIO chip")));
  EXPECT_THAT(problems(client), HasSubstr("no GPIO chip"));
  const GpioSim chip({.label = "late", .names = {"late"}});
  EXPECT_TRUE(eventually([&] { return client.acquire({"late"}, driven_high()).error.empty(); }));
  EXPECT_THAT(problems(client), Not(HasSubstr("no GPIO chip")));
}

TEST_F(AStartOnTheKernelsChips, SaysWhyAUserMayNotOpenThem) {
  const GpioSim chip({.label = "forbidden", .names = {"line"}});
  std::filesystem::permissions(chip.device(), perms::none);
  DaemonProcess daemon(started_by(kNobody));
  daemon.wait_until_ready();
  const auto says_why = AllOf(HasSubstr(chip.device().string()), HasSubstr("Permission denied"),
                              HasSubstr("run the broker as root"));
  EXPECT_THAT(daemon.log(), says_why);
  ClientProcess client(bus_.address(), kNobody);
  EXPECT_THAT(problems(client), AllOf(says_why, HasSubstr("waits for one")));
  std::filesystem::permissions(chip.device(), perms::all);
  EXPECT_TRUE(eventually([&] { return client.acquire({"line"}, driven_high()).error.empty(); }));
  EXPECT_THAT(problems(client), Not(HasSubstr("waits for one")));
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
