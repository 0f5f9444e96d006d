// SPDX-License-Identifier: GPL-2.0-or-later
// Days that pass in seconds. Runs where time is virtual: work takes none of it, and sleeping costs
// nothing, so that what happens when can be told to the tick.
#include <fstream>
#include <thread>

#include "cases/edge_reader.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;
using Clock = std::chrono::steady_clock;

/// What passes before somebody who was told to wake up does: a tick of the kernel's timer.
constexpr milliseconds kTick{10};

class InVirtualTime : public BrokerTest {
 protected:
  static void let_pass(Clock::duration time) { std::this_thread::sleep_for(time); }

  static std::uint32_t in_milliseconds(Clock::duration time) {
    return static_cast<std::uint32_t>(std::chrono::duration_cast<milliseconds>(time).count());
  }

  /// How long something takes. Virtual: only what is waited for counts.
  template <class Work>
  static Clock::duration time_of(Work work) {
    const auto begin = Clock::now();
    work();
    return Clock::now() - begin;
  }

  Reply acquire(ClientProcess& client, const char* option, Clock::duration time) {
    Settings settings = driven_high();
    settings[option] = v("u", in_milliseconds(time));
    return client.acquire({"GPIO17"}, settings);
  }
};

TEST_F(InVirtualTime, AConnectionsLeaseLivesForAMonth) {
  ClientProcess holder = client();
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
  let_pass(hours(24 * 30));
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(InVirtualTime, AProcessesLeaseLivesForAMonthAndNotLongerThanIt) {
  Process process({.command = {"/bin/sleep", "infinity"},
                   .environment = {},
                   .user = client_user(),
                   .streams = {}});
  ClientProcess holder = client();
  Settings settings = driven_high();
  settings["process"] = v("u", process.pid());
  EXPECT_THAT(holder.acquire({"GPIO17"}, settings), Succeeded());
  holder.kill();
  let_pass(hours(24 * 30));
  EXPECT_TRUE(pin(kGpio17).driven);
  process.signal(SIGKILL);
  process.wait();
  EXPECT_TRUE(eventually([this] { return is_safe(kGpio17); }));
}

TEST_F(InVirtualTime, ATimeToLiveIsOverWhenItIsOver) {
  ClientProcess holder = client();
  EXPECT_THAT(acquire(holder, "ttl-ms", hours(24)), Succeeded());
  let_pass(hours(24) - seconds(1));
  EXPECT_TRUE(pin(kGpio17).driven);
  let_pass(seconds(1) + kTick);
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(InVirtualTime, ATimeToLiveStartsAnewWithEachKeepAlive) {
  ClientProcess holder = client();
  const std::string lease = lease_in(acquire(holder, "ttl-ms", minutes(1)));
  for (int i = 0; i < 60; ++i) {
    let_pass(seconds(59));
    EXPECT_THAT(holder.call(on_lease(lease, "KeepAlive", "", Json::array())), Succeeded());
  }
  EXPECT_TRUE(pin(kGpio17).driven);
  let_pass(minutes(1) + kTick);
  EXPECT_TRUE(is_safe(kGpio17));
}

/// How often a process has gone to sleep so far.
unsigned long sleeps_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  std::string word;
  while (file >> word && word != "voluntary_ctxt_switches:") {
  }
  unsigned long count = 0;
  file >> count;
  return count;
}

TEST_F(InVirtualTime, ABrokerDoesNotLookForWhatProgramsOutsideMayDo) {
  const auto sleeps_in_an_hour = [this] {
    const unsigned long before = sleeps_of(daemon_.process().pid());
    let_pass(hours(1));
    return sleeps_of(daemon_.process().pid()) - before;
  };
  const unsigned long idle = sleeps_in_an_hour();
  EXPECT_LT(idle, 60U) << "once a minute";
  const std::string path = line_path("GPIO17");
  {
    const auto foreign =
        hold_directly(board_->chip_name(0), 17, "stranger", gpiod::line::direction::OUTPUT);
    EXPECT_EQ(properties(path, kLine).at("Used"), true);
  }
  let_pass(seconds(10));
  EXPECT_LE(sleeps_in_an_hour(), idle + 1);
}

TEST_F(InVirtualTime, AHeartbeatThatStopsIsMissedInTime) {
  ClientProcess holder = client();
  const std::string lease = lease_in(acquire(holder, "heartbeat-ms", minutes(1)));
  for (int i = 0; i < 60; ++i) {
    let_pass(seconds(59));
    EXPECT_THAT(holder.set_values(lease, {{"GPIO17", 1}}), Succeeded()) << "any use is a beat";
  }
  holder.process().stop();
  let_pass(seconds(59));
  EXPECT_TRUE(pin(kGpio17).driven);
  let_pass(seconds(1) + kTick);
  EXPECT_TRUE(is_safe(kGpio17));
}

/// How long the broker is stopped, with a heartbeat of a minute.
class ABrokerThatWasAway : public InVirtualTime, public testing::WithParamInterface<seconds> {};

TEST_P(ABrokerThatWasAway, WaitsForAHeartbeatOnceMore) {
  ClientProcess holder = client();
  const std::string lease = lease_in(acquire(holder, "heartbeat-ms", minutes(1)));
  daemon_.process().stop();
  let_pass(GetParam());
  daemon_.process().go_on();
  let_pass(seconds(59));
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(holder.call(on_lease(lease, "KeepAlive", "", Json::array())), Succeeded());
  let_pass(seconds(59));
  EXPECT_TRUE(pin(kGpio17).driven);
  let_pass(seconds(1) + kTick);
  EXPECT_TRUE(is_safe(kGpio17));
}

INSTANTIATE_TEST_SUITE_P(For, ABrokerThatWasAway,
                         testing::Values(seconds(50), seconds(61), hours(8)));

TEST_F(InVirtualTime, AWaiterIsRefusedWhenItsTimeIsOver) {
  ClientProcess holder = client();
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
  ClientProcess waiter = client();
  waiter.send(acquiring({"GPIO17"}, {{"wait-ms", v("u", in_milliseconds(hours(1)))}}));
  waiter.wait_for_bus();
  const auto refusals = [this] { return properties(kManagerPath, kManager).at("CallsRefused"); };
  let_pass(hours(1) - seconds(1));
  EXPECT_THAT(refusals(), IsEmpty());
  let_pass(seconds(1) + kTick);
  EXPECT_EQ(refusals(), Json::parse(R"({"Busy": 1})"));
}

TEST_F(InVirtualTime, ALineWithoutEdgesIsToldOfOncePerTimeout) {
  Settings settings{{"direction", v("s", "input")}, {"edge", v("s", "both")}};
  settings["edge-timeout-ms"] = v("u", in_milliseconds(minutes(1)));
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, settings);
  let_pass(seconds(1));
  for (std::size_t minute = 1; minute <= 60; ++minute) {
    let_pass(minutes(1));
    EXPECT_EQ(reader.heard().size(), minute);
  }
}

/// Ten edges a second, to somebody who reads and somebody who never does.
class AnHourOfEdges : public InVirtualTime {
 protected:
  static Settings shared() {
    return {{"direction", v("s", "input")}, {"edge", v("s", "both")}, {"access", v("s", "shared")}};
  }

  void pass_a_minute(EdgeReader& reader) {
    for (int i = 0; i < 600; ++i) {
      board_->drive(observer_, kGpio17, high_ = !high_);
      let_pass(milliseconds(100));
      if (i % 10 == 0) reader.heard();
    }
  }

  Clock::duration time_of_a_call() {
    return time_of([this] { EXPECT_THAT(other_.get_values(others_), Succeeded()); });
  }

  /// From the death of a client to the reset of its line.
  Clock::duration time_of_a_reset() {
    ClientProcess victim = client();
    EXPECT_THAT(victim.acquire({"GPIO27"}, driven_high()), Succeeded());
    return time_of([&] {
      victim.kill();
      wait_for_goodbye(victim);
      EXPECT_TRUE(is_safe(kGpio27));
    });
  }

  ClientProcess other_ = client();
  std::string others_ = lease_in(other_.acquire({"GPIO22"}, driven_high()));
  bool high_ = false;
};

TEST_F(AnHourOfEdges, ThatSomebodyNeverReadsCostsNobodyElseAnything) {
  constexpr std::size_t kSlack = 1024UL * 1024;
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, shared());
  EdgeReader idle(bus_.address(), client_user(), {"GPIO17"}, shared());
  pass_a_minute(reader);
  const auto call_before = time_of_a_call();
  const auto reset_before = time_of_a_reset();
  const std::size_t memory_before = daemon_.resident_bytes();
  idle.client().process().stop();
  for (int minute = 0; minute < 60; ++minute) {
    pass_a_minute(reader);
    reader.heard();
    ASSERT_LE(time_of_a_call(), call_before + kTick) << "minute " << minute;
    ASSERT_LE(time_of_a_reset(), reset_before + kTick) << "minute " << minute;
  }
  EXPECT_LT(daemon_.resident_bytes(), memory_before + kSlack);
  EXPECT_TRUE(eventually([&] { return reader.heard().size() == 61UL * 600; }));
  EXPECT_THAT(reader.lost(), IsEmpty());
  EXPECT_GT(properties(idle.lease(), kLease).at("EdgesLost").at("GPIO17"), 30'000);
  idle.client().process().go_on();
}

}  // namespace
}  // namespace gpiobroker::test
