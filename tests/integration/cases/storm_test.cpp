// SPDX-License-Identifier: GPL-2.0-or-later
// A thousand clients that are killed at moments that neither they nor the broker know.
#include <list>
#include <random>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::IsEmpty;

constexpr unsigned kSeed = 20261123;
constexpr unsigned kLastOfHeader = 27;
constexpr std::size_t kMebibyte = 1024UL * 1024;

std::vector<std::string> header_lines() {
  std::vector<std::string> lines;
  for (unsigned i = 2; i <= kLastOfHeader; ++i) lines.push_back("GPIO" + std::to_string(i));
  return lines;
}

class AStorm : public BrokerTest {
 protected:
  AStorm() : microseconds_per_call_(time_a_call()) {
    std::cout << "seed " << kSeed << ", " << microseconds_per_call_ << " us a call\n";
  }

  /// Runs so many clients, 16 at once, until each was killed and the broker knows it.
  void rage(unsigned clients) {
    constexpr unsigned kAtOnce = 16;
    for (unsigned done = 0; done < clients; done += kAtOnce) {
      std::list<ClientProcess> wave;
      for (unsigned i = 0; i < kAtOnce; ++i) wave.emplace_back(bus_.address(), client_user());
      for (ClientProcess& each : wave) {
        each.churn_until_killed(lines_, below(UINT16_MAX), microseconds_to_live());
      }
      for (ClientProcess& each : wave) EXPECT_EQ(each.process().wait(), killed_by(SIGKILL));
      for (ClientProcess& each : wave) wait_for_goodbye(each);
    }
  }

  void expect_nothing_left() {
    EXPECT_THAT(lease_paths(), IsEmpty());
    const Json objects = everything();
    for (const auto& [path, interfaces] : objects.items()) {
      if (!interfaces.contains(kLine)) continue;
      EXPECT_EQ(interfaces.at(kLine).at("Used"), false) << path;
      EXPECT_EQ(interfaces.at(kLine).at("Direction"), "input") << path;
    }
    for (unsigned offset = 0; offset <= kLastOfHeader; ++offset) {
      EXPECT_TRUE(is_safe({kHeader, offset})) << offset << ": " << pin({kHeader, offset});
    }
  }

  void expect_nothing_left_by(unsigned clients) {
    const std::size_t open_files = daemon_.open_file_count();
    const std::size_t resident_bytes = daemon_.resident_bytes();
    rage(clients);
    expect_nothing_left();
    EXPECT_GT(leases_granted(), clients / 4) << "no storm: the clients died too early";
    EXPECT_EQ(daemon_.open_file_count(), open_files);
    EXPECT_LT(daemon_.resident_bytes(), resident_bytes + kMebibyte);
  }

  /// How many match rules there are on the bus in all; dbus-daemon counts them for root.
  std::size_t match_rules() {
    const Reply reply = observer_.call({.path = "/org/freedesktop/DBus",
                                        .interface = "org.freedesktop.DBus.Debug.Stats",
                                        .member = "GetStats",
                                        .destination = "org.freedesktop.DBus"});
    EXPECT_THAT(reply, Succeeded());
    return reply.values.at(0).value("MatchRules", std::size_t{0});
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  /// A quarter dies in the first call, the others in one of those after it, on any machine.
  unsigned microseconds_to_live() {
    constexpr unsigned kSeveralCalls = 80;
    return below(microseconds_per_call_ * (below(4) == 0 ? 1 : kSeveralCalls));
  }

  unsigned time_a_call() {
    constexpr unsigned kCalls = 20;
    ClientProcess probe = client();
    const auto start = std::chrono::steady_clock::now();
    for (unsigned i = 0; i < kCalls; ++i) {
      EXPECT_THAT(probe.acquire({lines_.at(i)}, {}), Succeeded());
    }
    const auto time = std::chrono::steady_clock::now() - start;
    probe.kill();
    wait_for_goodbye(probe);
    return static_cast<unsigned>(time / std::chrono::microseconds(1)) / kCalls;
  }

  const std::vector<std::string> lines_ = header_lines();
  std::mt19937 random_{kSeed};
  unsigned microseconds_per_call_;
};

TEST_F(AStorm, OfAThousandKilledClientsLeavesNothingBehind) {
  rage(200);  // until buffers have the size that they need
  expect_nothing_left_by(1000);
}

/// The same where a process costs much: in the test kernel, and under the sanitizers.
TEST_F(AStorm, OfTwoHundredKilledClientsLeavesNothingBehind) {
  rage(64);
  expect_nothing_left_by(200);
}

TEST_F(AStorm, LeavesNoMatchRuleBehind) {
  const std::size_t before = match_rules();
  rage(100);
  EXPECT_EQ(match_rules(), before);
}

TEST_F(AStorm, DoesNotTouchTheLineOfAQuietClient) {
  ClientProcess quiet = client();
  const std::string lease = lease_in(quiet.acquire({"EXP3"}, driven_high()));
  rage(100);
  EXPECT_EQ(pin(kExp3), (PinState{.driven = true, .high = true, .pull = Pull::up}));
  EXPECT_THAT(quiet.set_values(lease, {{"EXP3", 0}}), Succeeded());
}

}  // namespace
}  // namespace gpiobroker::test
