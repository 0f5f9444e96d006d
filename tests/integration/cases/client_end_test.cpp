// SPDX-License-Identifier: GPL-2.0-or-later
// A client that drives a line, and every way in which it can go away.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AClient : public BrokerTest {
 protected:
  AClient() : lease_(lease_in(client_.acquire({"GPIO17"}, driven_high()))) {}

  void expect_the_line_to_be_free_and_safe() {
    EXPECT_THAT(lease_paths(), IsEmpty());
    EXPECT_TRUE(is_safe(kGpio17)) << pin(kGpio17);
    const Json line17 = line("GPIO17");
    EXPECT_EQ(line17.at("State"), "free");
    EXPECT_EQ(line17.at("Lease"), "/");
    EXPECT_EQ(line17.at("Used"), false);
    EXPECT_EQ(line17.at("Consumer"), "");
    EXPECT_EQ(line17.at("Direction"), "input");
  }

  void expect_goodbye(const ProcessEnd& end, const ProcessEnd& expected) {
    EXPECT_EQ(end, expected);
    wait_for_goodbye(client_);
    expect_the_line_to_be_free_and_safe();
  }

  ClientProcess client_ = client();
  std::string lease_;
};

TEST_F(AClient, DrivesTheLineThatItLeases) {
  EXPECT_EQ(pin(kGpio17), (PinState{.driven = true, .high = true, .pull = Pull::up}));
}

TEST_F(AClient, IsSeenOnTheLineThatItLeases) {
  const Json line17 = line("GPIO17");
  EXPECT_EQ(line17.at("State"), "leased");
  EXPECT_EQ(line17.at("Lease"), lease_);
  EXPECT_EQ(line17.at("Used"), true);
  EXPECT_EQ(line17.at("Consumer"), "gpiobroker:gpiobroker-test");
  EXPECT_EQ(line17.at("Direction"), "output");
  EXPECT_EQ(line17.at("Bias"), "pull-up");
}

TEST_F(AClient, IsNamedByItsLease) {
  const Json lease = properties(lease_, kLease);
  EXPECT_EQ(lease.at("Holder"), client_.bus_name());
  EXPECT_EQ(lease.at("HolderUid"), client_user());
  EXPECT_EQ(lease.at("HolderPid"), client_.process().pid());
  EXPECT_EQ(lease.at("HolderCommand"), "gpiobroker-test");
  EXPECT_EQ(lease.at("Lines"), Json::array({"GPIO17"}));
  EXPECT_EQ(lease.at("LinePaths"), Json::array({line_path("GPIO17")}));
}

TEST_F(AClient, LosesItsLinesWhenItReleasesThem) {
  EXPECT_THAT(client_.release(lease_), Succeeded());
  expect_the_line_to_be_free_and_safe();
}

TEST_F(AClient, LosesItsLinesWhenItReturnsFromMain) {
  expect_goodbye(client_.end("return"), exited(EXIT_SUCCESS));
}

TEST_F(AClient, LosesItsLinesWhenItExits) {
  expect_goodbye(client_.end("exit"), exited(EXIT_SUCCESS));
}

TEST_F(AClient, LosesItsLinesWhenItAborts) {
  expect_goodbye(client_.end("abort"), killed_by(SIGABRT));
}

TEST_F(AClient, LosesItsLinesWhenItCrashes) {
  expect_goodbye(client_.end("crash"), killed_by(SIGSEGV));
}

TEST_F(AClient, LosesItsLinesWhenItIsTerminated) {
  client_.process().signal(SIGTERM);
  expect_goodbye(client_.process().wait(), killed_by(SIGTERM));
}

TEST_F(AClient, LosesItsLinesWhenItIsKilled) {
  expect_goodbye(client_.kill(), killed_by(SIGKILL));
}

TEST_F(AClient, LosesItsLinesWhenItIsKilledWhileStopped) {
  client_.process().stop();
  expect_goodbye(client_.kill(), killed_by(SIGKILL));
}

TEST_F(AClient, LosesAllItsLeases) {
  ASSERT_THAT(client_.acquire({"GPIO27", "EXP3"}, driven_high()), Succeeded());
  expect_goodbye(client_.kill(), killed_by(SIGKILL));
  EXPECT_TRUE(is_safe(kGpio27)) << pin(kGpio27);
  EXPECT_TRUE(is_safe(kExp3)) << pin(kExp3);
}

TEST_F(AClient, LosesWhatItReconfiguredIntoAnOutput) {
  const std::string input = lease_in(client_.acquire({"GPIO27"}, {{"direction", v("s", "input")}}));
  ASSERT_THAT(client_.reconfigure(input, {}, driven_high()), Succeeded());
  ASSERT_TRUE(pin(kGpio27).driven);
  expect_goodbye(client_.kill(), killed_by(SIGKILL));
  EXPECT_TRUE(is_safe(kGpio27)) << pin(kGpio27);
}

TEST_F(AClient, TakesNobodyElsesLinesAlong) {
  ClientProcess other = client();
  const std::string lease = lease_in(other.acquire({"GPIO27"}, driven_high()));
  client_.kill();
  wait_for_goodbye(client_);
  EXPECT_TRUE(is_safe(kGpio17)) << pin(kGpio17);
  EXPECT_THAT(lease_paths(), ElementsAre(lease));
  EXPECT_EQ(pin(kGpio27), (PinState{.driven = true, .high = true, .pull = Pull::up}));
  EXPECT_THAT(other.set_values(lease, {{"GPIO27", 0}}), Succeeded());
}

// The bus counts a connection as one client as long as anybody has it open.
TEST_F(AClient, KeepsItsLinesUntilTheLastProcessWithItsConnectionIsGone) {
  const pid_t child = client_.fork();
  client_.kill();
  EXPECT_THAT(lease_paths(), ElementsAre(lease_));
  EXPECT_TRUE(pin(kGpio17).driven);
  kill(child, SIGKILL);
  wait_for_goodbye(client_);
  expect_the_line_to_be_free_and_safe();
}

}  // namespace
}  // namespace gpiobroker::test
