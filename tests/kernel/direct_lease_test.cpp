// SPDX-License-Identifier: GPL-2.0-or-later
// Direct leases: their holders drive lines past the broker, which resets them all the same.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <future>
#include <iostream>
#include <optional>
#include <random>
#include <vector>

#include <linux/gpio.h>

#include "harness/broker_test.h"
#include "harness/command.h"
#include "harness/environment.h"
#include "harness/eventually.h"
#include "harness/temporary_folder.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

Settings direct(Settings settings = driven_high()) {
  settings["direct"] = v("b", true);
  return settings;
}

class ADirectLease : public BrokerTest {
 protected:
  std::string acquire(ClientProcess& client, const std::vector<std::string>& lines,
                      const Settings& settings = direct()) {
    const Reply reply = client.acquire(lines, settings);
    EXPECT_THAT(reply, Succeeded());
    return lease_in(reply);
  }

  std::string open(ClientProcess& client, const std::vector<std::string>& lines,
                   const Settings& settings = direct()) {
    const std::string lease = acquire(client, lines, settings);
    EXPECT_THAT(client.open_direct(lease), Succeeded());
    return lease;
  }

  [[nodiscard]] bool is_an_input(Pin pin) { return !is_driven(*board_, pin); }

  [[nodiscard]] std::string state_of(const std::string& name) {
    return line(name).at("State").get<std::string>();
  }

  [[nodiscard]] bool becomes_free(const std::string& name) {
    return eventually([&] { return state_of(name) == "free"; });
  }
};

TEST_F(ADirectLease, IsReadAndDrivenBySystemCalls) {
  ClientProcess holder = client();
  const std::string lease = acquire(holder, {"GPIO27", "GPIO17"});
  EXPECT_EQ(holder.open_direct(lease).values, Json::parse(R"([[["GPIO27", "GPIO17"]]])"));
  EXPECT_EQ(holder.set_directly("GPIO17", 0), 0);
  EXPECT_EQ(pin(kGpio17).high, false);
  EXPECT_EQ(pin(kGpio27).high, true);
  EXPECT_EQ(holder.get_directly("GPIO27"), 1);
  EXPECT_EQ(holder.set_directly("GPIO17", 1), 0);
  EXPECT_EQ(pin(kGpio17).high, true);
}

TEST_F(ADirectLease, GoesOnToBeServedOverTheBus) {
  ClientProcess holder = client();
  const std::string lease = open(holder, {"GPIO27", "GPIO17"});
  EXPECT_EQ(holder.set_directly("GPIO17", 0), 0);
  EXPECT_EQ(holder.get_values(lease).values.at(0).at("GPIO17"), 0);
  EXPECT_THAT(holder.set_values(lease, {{"GPIO27", 0}}), Succeeded());
  EXPECT_EQ(holder.get_directly("GPIO27"), 0);
}

TEST_F(ADirectLease, KeepsTheLevelsOfItsHolderWhenItIsReconfigured) {
  ClientProcess holder = client();
  const std::string lease = open(holder, {"GPIO27", "GPIO17"});
  EXPECT_EQ(holder.set_directly("GPIO17", 0), 0);
  EXPECT_EQ(holder.set_directly("GPIO27", 0), 0);
  EXPECT_THAT(holder.reconfigure(lease, {"GPIO27"}, {{"drive", v("s", "open-drain")}}),
              Succeeded());
  EXPECT_EQ(pin(kGpio17).high, false) << "a line that was not named";
  EXPECT_EQ(holder.get_directly("GPIO27"), 0);
}

TEST_F(ADirectLease, ShowsWhatItsHolderConfigures) {
  ClientProcess holder = client();
  open(holder, {"GPIO17"});
  EXPECT_EQ(line("GPIO17").at("Direction"), "output");
  EXPECT_EQ(holder.make_input_directly("GPIO17", GPIO_V2_LINE_FLAG_BIAS_PULL_UP), 0);
  EXPECT_TRUE(eventually([&] { return line("GPIO17").at("Direction") == "input"; }));
  EXPECT_EQ(line("GPIO17").at("Bias"), "pull-up");
}

TEST_F(ADirectLease, HasItsEdgesReadByItsHolder) {
  ClientProcess holder = client();
  const std::string lease =
      open(holder, {"GPIO17"}, direct({{"direction", v("s", "input")}, {"edge", v("s", "both")}}));
  board_->drive(observer_, kGpio17, true);
  EXPECT_EQ(holder.read_edge_directly("GPIO17"), GPIO_V2_LINE_EVENT_RISING_EDGE);
  EXPECT_THAT(holder.call(on_lease(lease, "WatchEdges", "", Json::array())),
              RefusedFor("OpenedDirectly", HasSubstr("opened directly")));
  EXPECT_THAT(holder.call(on_lease(lease, "WaitForEdges", "u", Json::array({0}))),
              RefusedFor("OpenedDirectly"));
  EXPECT_THAT(holder.call(on_lease(lease, "Offer", "s", Json::array({observer_.bus_name()}))),
              RefusedFor("OpenedDirectly"));
}

TEST_F(ADirectLease, TellsWhoWaitsForItsEdgesThatNoneCome) {
  ClientProcess holder = client();
  const std::string lease = acquire(
      holder, {"GPIO17"}, direct({{"direction", v("s", "input")}, {"edge", v("s", "both")}}));
  ClientProcess root = client(kRoot);
  auto waiting = std::async(std::launch::async, [&root, &lease] {
    return root.call(on_lease(lease, "WaitForEdges", "u", Json::array({60'000})));
  });
  EXPECT_THAT(holder.open_direct(lease), Succeeded());
  EXPECT_THAT(waiting.get(), RefusedFor("OpenedDirectly"));
}

TEST_F(ADirectLease, IsNothingForWhoDidNotAskForIt) {
  ClientProcess holder = client();
  const std::string lease = acquire(holder, {"GPIO17"}, driven_high());
  EXPECT_THAT(holder.open_direct(lease), RefusedFor("NotDirect", HasSubstr("\"direct\"")));
  ClientProcess other = client(kSomebodyElse);
  EXPECT_EQ(other.open_direct(lease).error, kUnknownObject);
}

TEST_F(ADirectLease, IsExclusive) {
  EXPECT_THAT(client().acquire({"GPIO17"}, direct({{"access", v("s", "shared")}})),
              RefusedFor("InvalidSetting", HasSubstr("exclusive")));
}

TEST_F(ADirectLease, HasItsLineResetWhenItsHolderIsKilled) {
  ClientProcess holder = client();
  open(holder, {"GPIO17", "EXP3"});
  holder.kill();
  EXPECT_TRUE(eventually([&] { return is_an_input(kGpio17) && is_an_input(kExp3); }));
  EXPECT_TRUE(becomes_free("GPIO17"));
  EXPECT_THAT(client().acquire({"GPIO17", "EXP3"}, driven_high()), Succeeded());
}

TEST_F(ADirectLease, EndsAsOthersWhenItIsGivenBack) {
  ClientProcess holder = client();
  const std::string lease = open(holder, {"GPIO17"});
  holder.close_direct();
  EXPECT_THAT(holder.release(lease), Succeeded());
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(ADirectLease, HoldsItsLineBackFromOthersAsLongAsALivingHolderMayDriveIt) {
  ClientProcess holder = client();
  const std::string lease = open(holder, {"GPIO17"});
  EXPECT_THAT(
      client(kRoot).call(on_manager("RevokeLease", "ss", Json::array({"GPIO17", "enough"}))),
      Succeeded());
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_EQ(holder.set_directly("GPIO17", 1), EPERM);
  EXPECT_THAT(client().acquire({"GPIO17"}, driven_high()),
              RefusedFor("Quarantined", AllOf(HasSubstr("directly"), HasSubstr("CloseDirect"))));
  EXPECT_TRUE(eventually([&] { return daemon_.log().find("quarantine") != std::string::npos; }));
  EXPECT_EQ(state_of("GPIO17"), "quarantined");

  EXPECT_EQ(holder.drive_directly("GPIO17", 1), 0);
  EXPECT_TRUE(eventually([&] { return is_an_input(kGpio17); }));
  EXPECT_TRUE(eventually([&] { return daemon_.log().find("reset again") != std::string::npos; }));

  holder.close_direct();
  EXPECT_THAT(holder.call(on_manager("CloseDirect", "o", Json::array({lease}))), Succeeded());
  EXPECT_THAT(client().acquire({"GPIO17"}, driven_high()), Succeeded());
}

/// How long a line was an output by the kernel's own word, in microseconds, the next time that it
/// is one.
double time_driven(gpiod::chip& chip) {
  std::optional<std::uint64_t> since;
  while (chip.wait_info_event(kDeadline)) {
    const gpiod::info_event event = chip.read_info_event();
    const bool is_output = event.get_line_info().direction() == gpiod::line::direction::OUTPUT;
    if (is_output && !since) since = event.timestamp_ns();
    if (!is_output && since) return static_cast<double>(event.timestamp_ns() - *since) / 1000;
  }
  throw std::runtime_error("the line was not driven, or stays so");
}

TEST_F(ADirectLease, IsResetAgainEachTimeItsFormerHolderDrivesIt) {
  ClientProcess holder = client();
  open(holder, {"GPIO17"});
  EXPECT_THAT(client(kRoot).call(on_manager("RevokeLease", "ss", Json::array({"GPIO17", ""}))),
              Succeeded());
  gpiod::chip chip("/dev/" + board_->chip_name(kHeader));
  chip.watch_line_info(gpiod::line::offset(17));
  const std::size_t drives = test::times(20);
  std::vector<double> times;
  while (times.size() < drives) {
    EXPECT_EQ(holder.drive_directly("GPIO17", 1), 0);
    times.push_back(time_driven(chip));
  }
  std::ranges::sort(times);
  std::cout << "Measured: reset again after " << times[drives / 2] << " us in the median, "
            << times.back() << " us at most, of " << drives << " drives\n";
  EXPECT_GT(properties(kManagerPath, kManager).at("ResetsRepeated"), 0);
}

TEST_F(ADirectLease, IsFreeWhenItsHolderIsTakenForHungAndEnds) {
  ClientProcess holder = client();
  open(holder, {"GPIO17"}, direct({{"direction", v("s", "output")}, {"heartbeat-ms", v("u", 50)}}));
  EXPECT_TRUE(eventually([&] { return state_of("GPIO17") == "quarantined"; }));
  EXPECT_TRUE(is_an_input(kGpio17));
  holder.kill();
  EXPECT_TRUE(becomes_free("GPIO17"));
}

TEST_F(ADirectLease, IsFreeWhenALivingHolderDies) {
  ClientProcess holder = client();
  open(holder, {"GPIO17"},
       direct(
           {{"direction", v("s", "output")}, {"lifetime", v("s", "ttl")}, {"ttl-ms", v("u", 50)}}));
  EXPECT_TRUE(eventually([&] { return state_of("GPIO17") == "quarantined"; }));
  holder.kill();
  EXPECT_TRUE(becomes_free("GPIO17"));
}

TEST_F(ADirectLease, IsHeldBackWhileAChildOfItsDeadHolderHasIt) {
  ClientProcess holder = client();
  open(holder, {"GPIO17"});
  const pid_t child = holder.leave_a_child("GPIO17", false);
  holder.kill();
  EXPECT_TRUE(eventually([&] { return is_an_input(kGpio17); }));
  EXPECT_TRUE(
      eventually([&] { return daemon_.log().find("passed a duplicate") != std::string::npos; }));
  EXPECT_EQ(state_of("GPIO17"), "quarantined");
  EXPECT_THAT(client().acquire({"GPIO17"}, driven_high()), RefusedFor("Quarantined"));
  ::kill(child, SIGKILL);
  EXPECT_TRUE(becomes_free("GPIO17"));
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_THAT(client().acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(ADirectLease, IsResetEachTimeAChildOfItsDeadHolderDrivesIt) {
  ClientProcess holder = client();
  open(holder, {"GPIO17"});
  const pid_t child = holder.leave_a_child("GPIO17", true);
  holder.kill();
  EXPECT_TRUE(eventually([&] { return daemon_.log().find("reset again") != std::string::npos; }));
  EXPECT_EQ(state_of("GPIO17"), "quarantined");
  ::kill(child, SIGKILL);
  EXPECT_TRUE(becomes_free("GPIO17"));
  EXPECT_TRUE(is_an_input(kGpio17));
}

TEST_F(ADirectLease, LeavesItsReleasedLinesToNobodyBeforeItIsOver) {
  ClientProcess holder = client();
  const std::string lease = open(holder, {"GPIO17", "GPIO27"});
  EXPECT_THAT(holder.release(lease, {"GPIO27"}), Succeeded());
  EXPECT_TRUE(is_an_input(kGpio27));
  EXPECT_EQ(state_of("GPIO27"), "quarantined") << "its holder can drive it";
  EXPECT_EQ(holder.get_directly("GPIO17"), 1);
  ClientProcess other = client(kSomebodyElse);
  EXPECT_THAT(other.acquire({"GPIO27"}, driven_high()),
              RefusedFor("Busy", HasSubstr("direct lease")));
  EXPECT_THAT(other.acquire({"GPIO27"}, direct()), RefusedFor("Busy"));
  EXPECT_EQ(holder.drive_directly("GPIO27", 1), 0);
  EXPECT_TRUE(eventually([&] { return is_an_input(kGpio27); }))
      << "it is not the holder's any more";
  EXPECT_EQ(holder.get_directly("GPIO17"), 1);
  holder.kill();
  EXPECT_TRUE(becomes_free("GPIO27"));
  EXPECT_THAT(other.acquire({"GPIO27"}, direct()), Succeeded());
}

TEST_F(ADirectLease, IsRefusedForALineThatIsHeldBesideOthers) {
  ClientProcess first = client();
  const std::string lease = acquire(first, {"GPIO17", "GPIO27"}, driven_high());
  EXPECT_THAT(first.release(lease, {"GPIO27"}), Succeeded());
  ClientProcess other = client(kSomebodyElse);
  EXPECT_THAT(other.acquire({"GPIO27"}, direct()), RefusedFor("Busy", HasSubstr("held together")));
  EXPECT_THAT(other.acquire({"GPIO27"}, driven_high()), Succeeded());
}

TEST_F(ADirectLease, IsNeverFoundDrivenAfterItsHolderWasKilledInTheMiddleOfALoop) {
  std::mt19937 random(7);  // NOLINT: the same in every run
  for (unsigned i = 0; i < times(50); ++i) {
    ClientProcess holder = client();
    open(holder, {"GPIO17"});
    holder.toggle_until_killed("GPIO17", 100 + static_cast<unsigned>(random() % 3000), i % 2 == 0);
    EXPECT_EQ(holder.process().wait(), killed_by(SIGKILL));
    wait_for_goodbye(holder);
    ASSERT_TRUE(is_an_input(kGpio17)) << "kill " << i;
    ASSERT_TRUE(becomes_free("GPIO17"));
    ASSERT_TRUE(is_safe(kGpio17));
  }
  EXPECT_THAT(lease_paths(), IsEmpty());
}

/// A broker that is killed while somebody has what it handed out.
class ADirectLeaseOfAKilledBroker : public testing::Test {
 protected:
  ADirectLeaseOfAKilledBroker() { start(); }

  void start() {
    daemon_.emplace(DaemonProcess::Options{.arguments = {"--address", bus_.address()},
                                           .state = state_.file("state")});
    daemon_->wait_until_ready();
  }

  void kill_broker() {
    daemon_->process().signal(SIGKILL);
    EXPECT_EQ(daemon_->process().wait(), killed_by(SIGKILL));
  }

  CommandEnd reset() { return run_command("gpiobroker-reset", {"--state", state_.file("state")}); }

  [[nodiscard]] bool is_an_input() const { return !is_driven(*board_, kGpio17); }

  [[nodiscard]] std::string state() {
    const Reply found = observer_.call(on_manager("FindLine", "s", Json::array({"GPIO17"})));
    const Reply state = observer_.call({.path = found.values.at(0),
                                        .interface = kProperties,
                                        .member = "Get",
                                        .signature = "ss",
                                        .arguments = Json::array({kLine, "State"})});
    return state.values.at(0);
  }

  TestBus bus_;
  std::unique_ptr<Board> board_ = make_board();
  TemporaryFolder state_;
  std::optional<DaemonProcess> daemon_;
  ClientProcess holder_{bus_.address(), kNobody};
  ClientProcess observer_{bus_.address(), kSomebodyElse};
};

TEST_F(ADirectLeaseOfAKilledBroker, IsLeftInTheLedgerByTheHelperWhichSaysSo) {
  EXPECT_THAT(holder_.open_direct(lease_in(holder_.acquire({"GPIO17"}, direct()))), Succeeded());
  kill_broker();
  const CommandEnd helper = reset();
  EXPECT_EQ(helper.end, exited(EXIT_FAILURE));
  EXPECT_THAT(helper.output, AllOf(HasSubstr("GPIO17"), HasSubstr("stays in the ledger")));
  holder_.kill();
  EXPECT_EQ(reset().end, exited(EXIT_SUCCESS));
  EXPECT_TRUE(is_an_input());
}

TEST_F(ADirectLeaseOfAKilledBroker, IsWaitedForByTheSuccessor) {
  EXPECT_THAT(holder_.open_direct(lease_in(holder_.acquire({"GPIO17"}, direct()))), Succeeded());
  kill_broker();
  start();
  EXPECT_EQ(state(), "quarantined");
  EXPECT_EQ(holder_.set_directly("GPIO17", 1), 0) << "nobody else can reset it yet";
  EXPECT_THAT(observer_.acquire({"GPIO17"}, driven_high()), RefusedFor("Quarantined"));
  holder_.kill();
  EXPECT_TRUE(eventually([&] { return state() == "free"; }));
  EXPECT_TRUE(is_an_input());
  EXPECT_THAT(observer_.acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(ADirectLeaseOfAKilledBroker, IsWaitedForWhereAChildOfADeadHolderHasIt) {
  EXPECT_THAT(holder_.open_direct(lease_in(holder_.acquire({"GPIO17"}, direct()))), Succeeded());
  const pid_t child = holder_.leave_a_child("GPIO17", true);
  kill_broker();
  holder_.kill();
  start();
  EXPECT_EQ(state(), "quarantined");
  ::kill(child, SIGKILL);
  EXPECT_TRUE(eventually([&] { return state() == "free"; }));
  EXPECT_TRUE(is_an_input());
}

}  // namespace
}  // namespace gpiobroker::test
