// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever end the installed broker comes to, no line stays driven. gpio-sim goes on driving what
// is given back, so every line that reads as an input here was reset.
#include <csignal>
#include <fstream>
#include <optional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/client_process.h"
#include "harness/environment.h"
#include "harness/eventually.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// The service holds three lines high for a client.
class AService : public testing::Test {
 protected:
  AService() {
    service_.start();
    lease();
  }
  ~AService() override {
    service_.forget_changes();
    service_.stop();
  }

  void lease() {
    client_.emplace(kSystemBus, kRoot);
    ASSERT_EQ(client_->acquire({"GPIO17", "GPIO27", "EXP3"}, kHigh).error, "");
    ASSERT_EQ(driven(), 3);
  }

  /// How many lines the kernel says are outputs, on all chips.
  static int driven() {
    std::ifstream file("/sys/kernel/debug/gpio");
    int count = 0;
    for (std::string line; std::getline(file, line);) {
      count += line.find(") output") == std::string::npos ? 0 : 1;
    }
    return count;
  }

  static std::vector<std::string> steady() {
    std::vector<std::string> lines;
    for (unsigned i = 2; i <= 27; ++i) {
      if (i != 17) lines.push_back("GPIO" + std::to_string(i));
    }
    for (const char* name : {"EXP0", "EXP1", "EXP2", "EXP4", "EXP5"}) lines.emplace_back(name);
    return lines;
  }

  static bool become_safe() {
    return eventually([] { return driven() == 0; });
  }

  bool comes_back() {
    return eventually([this] { return service_.has_its_name(); });
  }

  const std::vector<std::string> kSteady = steady();
  const Settings kHigh{{"direction", v("s", "output")}, {"value", v("i", 1)}};

  Service service_;
  std::optional<ClientProcess> client_;
};

TEST_F(AService, HasItsLinesResetAndComesBackAfterItWasKilled) {
  service_.kill(SIGKILL);
  EXPECT_TRUE(become_safe());
  EXPECT_TRUE(comes_back());
  lease();
}

TEST_F(AService, HasItsLinesResetBeforeItIsStartedAgain) {
  service_.change("RestartSec=1h");
  service_.kill(SIGKILL);
  EXPECT_TRUE(become_safe());
  EXPECT_FALSE(service_.has_its_name());
  EXPECT_THAT(service_.journal(), HasSubstr("left behind by a broker that died; it is reset"));
}

TEST_F(AService, HasItsLinesResetEvenIfItIsNotToBeStartedAgain) {
  service_.change("Restart=no");
  service_.kill(SIGKILL);
  EXPECT_TRUE(become_safe());
  EXPECT_FALSE(service_.has_its_name());
}

TEST_F(AService, HasItsLinesResetEvenIfItCannotStartAnyMore) {
  service_.change("ExecStart=\nExecStart=/bin/false");
  service_.kill(SIGKILL);
  EXPECT_TRUE(become_safe());
  EXPECT_FALSE(service_.has_its_name());
}

TEST_F(AService, IsKilledByItsWatchdogWhenItHangs) {
  service_.kill(SIGSTOP);
  EXPECT_TRUE(become_safe());
  EXPECT_TRUE(comes_back());
  EXPECT_EQ(service_.property("NRestarts"), "1");
  lease();
}

TEST_F(AService, ResetsItsLinesWhenItIsStopped) {
  service_.stop();
  EXPECT_EQ(driven(), 0);
  EXPECT_THAT(service_.journal(), HasSubstr("ended: shutdown"));
  EXPECT_EQ(service_.property("Result"), "success");
}

/// systemd waits for it to end, and so for its lines, before anything of the machine goes.
TEST_F(AService, IsStoppedBeforeTheMachineGoesDown) {
  EXPECT_THAT(service_.property("Conflicts"), HasSubstr("shutdown.target"));
  EXPECT_THAT(service_.property("Before"), HasSubstr("shutdown.target"));
}

TEST_F(AService, ResetsItsLinesHoweverOftenItIsRestarted) {
  const unsigned restarts = times(10);
  for (unsigned i = 0; i < restarts && !HasFailure(); ++i) {
    service_.restart();
    EXPECT_EQ(driven(), 0) << i;
    lease();
  }
}

TEST_F(AService, KeepsItsLeasesWhenItIsReloaded) {
  const pid_t before = service_.main_pid();
  service_.reload();
  EXPECT_EQ(service_.main_pid(), before);
  EXPECT_EQ(driven(), 3);
}

TEST_F(AService, ResetsItsLinesAndComesBackHoweverOftenTheBusIsKilled) {
  const unsigned kills = times(3);
  for (unsigned i = 0; i < kills && !HasFailure(); ++i) {
    output_of("systemctl reset-failed dbus.service dbus.socket");  // systemd would give it up
    output_of("systemctl kill --signal=KILL dbus.service");
    EXPECT_TRUE(become_safe()) << i;
    EXPECT_TRUE(comes_back()) << i;
    lease();
  }
}

TEST_F(AService, HasItsLinesResetAndComesBackAfterItWasKilledForItsMemory) {
  const std::string broker = std::to_string(service_.main_pid());
  const auto limit = [](const std::string& bytes) {
    output_of("systemctl set-property --runtime gpiobroker MemoryMax=" + bytes);
  };
  limit("64K");
  EXPECT_TRUE(eventually([&] { return service_.property("MainPID") != broker; }));
  limit("256M");
  EXPECT_TRUE(become_safe());
  EXPECT_TRUE(comes_back());
  EXPECT_THAT(output_of("dmesg"),
              HasSubstr("Memory cgroup out of memory: Killed process " + broker));
  lease();
}

TEST_F(AService, IsStartedByACallOnceItIsEnabled) {
  output_of("systemctl enable gpiobroker");
  service_.stop();
  output_of("busctl call org.gpiobroker1 /org/gpiobroker1 org.freedesktop.DBus.Peer Ping");
  EXPECT_TRUE(service_.has_its_name());
}

TEST_F(AService, TakesALeaseAtItsFirstCallOnAChipOfAThousandLines) {
  constexpr unsigned kLines = 1024;
  output_of("systemctl enable gpiobroker");
  service_.stop();
  std::vector<std::string> names;
  for (unsigned i = 0; i < kLines; ++i) names.push_back("BIG" + std::to_string(i));
  const GpioSim chip({.label = "big", .names = names});
  ClientProcess early(kSystemBus, kRoot);
  EXPECT_EQ(early.acquire({"BIG0", "BIG1023", "GPIO17"}, {}).error, "");
  service_.stop();
}

TEST_F(AService, RunsAsRootWithoutAnyCapability) {
  const std::string status =
      output_of("cat /proc/" + std::to_string(service_.main_pid()) + "/status");
  EXPECT_THAT(status, HasSubstr("CapEff:\t0000000000000000"));
  EXPECT_THAT(status, HasSubstr("CapBnd:\t0000000000000000"));
  EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t1"));
  EXPECT_THAT(status, HasSubstr("Seccomp:\t2"));
}

TEST_F(AService, GoesOnCountingLeasesAcrossRestarts) {
  service_.kill(SIGKILL);
  EXPECT_TRUE(become_safe() && comes_back());
  const Settings as_is{};
  const Reply first = client_->acquire({"GPIO4"}, as_is);
  service_.restart();
  const Reply second = client_->acquire({"GPIO4"}, as_is);
  const auto number = [](const Reply& reply) {
    const std::string path = reply.values.at(0);
    return std::stoull(path.substr(path.rfind('/') + 1));
  };
  EXPECT_GT(number(second), number(first));
}

/// Thirty-two lines: most of them are one lease for as long as the broker lives, two come and go.
TEST_F(AService, LeavesNoLineDrivenWheneverItIsKilled) {
  const unsigned rounds = times(50);
  constexpr unsigned kLongLife = 30'000'000;  // in microseconds: the broker dies first
  constexpr std::chrono::microseconds kLongestAlive = std::chrono::milliseconds(30);
  client_.reset();
  ClientProcess holder(kSystemBus, kRoot);
  for (unsigned round = 0; round < rounds; ++round) {
    service_.start();
    const pid_t broker = service_.main_pid();
    ASSERT_EQ(holder.acquire(kSteady, kHigh).error, "");
    ClientProcess victim(kSystemBus, kRoot);
    victim.churn_until_killed({"GPIO17", "EXP3"}, round, kLongLife);
    std::this_thread::sleep_for(kLongestAlive * round / rounds);
    if (round % 2 == 1) {  // while it reloads
      ::kill(broker, SIGHUP);
      std::this_thread::sleep_for(std::chrono::microseconds(100 * (round % 20)));
    }
    ::kill(broker, SIGKILL);
    ASSERT_TRUE(become_safe()) << "round " << round;
  }
  EXPECT_THAT(service_.journal(), testing::Not(HasSubstr("cannot be understood")));
}

}  // namespace
}  // namespace gpiobroker::test
