// SPDX-License-Identifier: GPL-2.0-or-later
// How the daemon starts, fails to start, and ends.
#include <regex>

#include "harness/broker_test.h"
#include "harness/command.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ADaemon : public BrokerTest {
 protected:
  ADaemon() : lease_(lease_in(client_.acquire({"GPIO17"}, driven_high()))) {}

  void expect_end_by_bus_loss() {
    EXPECT_EQ(daemon_.process().wait(), exited(EXIT_FAILURE));
    EXPECT_THAT(daemon_.log(), AllOf(HasSubstr("the bus is gone"), HasSubstr("ended: bus-lost"),
                                     HasSubstr("every leased line is reset")));
  }

  ClientProcess client_ = client();
  std::string lease_;
};

TEST_F(ADaemon, EndsWellWhenItIsTerminated) {
  EXPECT_EQ(daemon_.terminate(), exited(EXIT_SUCCESS));
  EXPECT_THAT(daemon_.log(), HasSubstr("ended: shutdown"));
}

TEST_F(ADaemon, EndsWellWhenItIsInterrupted) {
  daemon_.process().signal(SIGINT);
  EXPECT_EQ(daemon_.process().wait(), exited(EXIT_SUCCESS));
}

TEST_F(ADaemon, TellsItsClientsThatTheirLeasesEnd) {
  client_.watch("type='signal',sender='org.gpiobroker1',interface='" + std::string(kObjectManager) +
                "'");
  const std::string lease = lease_in(client_.acquire({"GPIO27"}, {}));
  EXPECT_TRUE(eventually([&] { return client_.signals().dump().contains(lease); }));
  EXPECT_EQ(daemon_.terminate(), exited(EXIT_SUCCESS));
  client_.wait_for_bus();
  const Json heard = client_.signals();
  ASSERT_EQ(heard.size(), 2U) << heard;
  EXPECT_EQ(heard.at(0).at("arguments"), Json::array({lease_, Json::array({kLease})}));
  EXPECT_EQ(heard.at(1).at("arguments"), Json::array({lease, Json::array({kLease})}));
}

TEST_F(ADaemon, FailsWhenTheBusIsLost) {
  bus_.kill();
  expect_end_by_bus_loss();
}

// The calls are carried out, and the answers have nowhere to go.
TEST_F(ADaemon, FailsWhenTheBusIsLostInTheMiddleOfCalls) {
  daemon_.process().stop();
  for (const char* line : {"GPIO27", "EXP3"}) {
    client_.send(acquiring({line}, driven_high()));
  }
  client_.wait_for_bus();
  bus_.kill();
  daemon_.process().go_on();
  expect_end_by_bus_loss();
}

// The broker has just asked the bus who calls.
TEST_F(ADaemon, FailsWhenTheBusIsLostInTheMiddleOfANewcomersCall) {
  ClientProcess newcomer = client();
  daemon_.process().stop();
  newcomer.send(acquiring({"GPIO27"}, driven_high()));
  newcomer.wait_for_bus();
  bus_.stop();
  daemon_.process().go_on();
  EXPECT_TRUE(eventually([&] { return is_sleeping(daemon_.process().pid()); }));
  bus_.kill();
  expect_end_by_bus_loss();
}

TEST_F(ADaemon, LeavesTheBusToTheNextOne) {
  EXPECT_EQ(daemon_.terminate(), exited(EXIT_SUCCESS));
  DaemonProcess next({.arguments = {"--simulate", "54", "--address", bus_.address()}});
  next.wait_until_ready();
  EXPECT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
}

class AFailingStart : public testing::Test {
 protected:
  /// Starts a daemon that has to fail, and gives what it wrote.
  static std::string failure(const std::vector<std::string>& arguments) {
    DaemonProcess daemon({.arguments = arguments});
    const ProcessEnd end = daemon.process().wait();
    EXPECT_FALSE(end.signal) << end;
    EXPECT_NE(end.status, EXIT_SUCCESS);
    return daemon.log();
  }
};

TEST_F(ADaemon, IsTheOnlyOneOnItsBus) {
  DaemonProcess second({.arguments = {"--simulate", "8", "--address", bus_.address()}});
  EXPECT_EQ(second.process().wait(), exited(EXIT_FAILURE));
  const std::string holder = "taken by pid " + std::to_string(daemon_.process().pid());
  EXPECT_THAT(second.log(),
              AllOf(HasSubstr("org.gpiobroker1"), HasSubstr(holder), HasSubstr("stop it first")));
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AFailingStart, WithoutABusSaysHowToNameOne) {
  const std::string said = failure({"--simulate", "8", "--address", "unix:path=/nowhere/bus"});
  EXPECT_THAT(said, AllOf(HasSubstr("unix:path=/nowhere/bus"), HasSubstr("--address")));
}

TEST_F(AFailingStart, OnABusWhereItsNameIsNotForItSaysWhoAllowsThat) {
  const TestBus bus(R"(<deny own="org.gpiobroker1"/>)");
  EXPECT_THAT(failure({"--simulate", "8", "--address", bus.address()}),
              AllOf(HasSubstr("own org.gpiobroker1"), HasSubstr("org.gpiobroker1.conf")));
}

TEST_F(AFailingStart, WithAnAddressThatIsNoneSaysSo) {
  const std::string said = failure({"--simulate", "8", "--address", "nonsense"});
  EXPECT_THAT(said, AllOf(HasSubstr("nonsense"), HasSubstr("--address")));
}

TEST_F(AFailingStart, WithAChipOfNoLinesSaysHowManyItTakes) {
  EXPECT_THAT(failure({"--simulate", "0"}), AllOf(HasSubstr("'0'"), HasSubstr("1 to 1024")));
}

TEST_F(AFailingStart, WithAChipOfTooManyLinesSaysHowManyItTakes) {
  EXPECT_THAT(failure({"--simulate", "1025:big"}), HasSubstr("1 to 1024"));
}

TEST_F(AFailingStart, WithAnUnknownOptionNamesIt) {
  EXPECT_THAT(failure({"--pretend", "8"}), HasSubstr("--pretend"));
}

TEST_F(AFailingStart, OfTheHelperWithAnUnknownOptionNamesIt) {
  const CommandEnd helper = run_command("gpiobroker-reset", {"--pretend"});
  EXPECT_EQ(helper.end, exited(2));
  EXPECT_THAT(helper.output, HasSubstr("--pretend"));
}

// The kernel takes 64 lines in a request.
class AChipOfAHundredLines : public testing::Test {
 protected:
  AChipOfAHundredLines() { daemon_.wait_until_ready(); }

  Reply acquire_lines(int count) {
    std::vector<std::string> lines;
    for (int i = 0; i < count; ++i) lines.push_back("large:" + std::to_string(i));
    return client_.acquire(lines, driven_high());
  }

  TestBus bus_;
  DaemonProcess daemon_{{.arguments = {"--simulate", "100:large", "--address", bus_.address()}}};
  ClientProcess client_{bus_.address(), kNobody};
};

TEST_F(AChipOfAHundredLines, Leases64AtOnce) {
  EXPECT_THAT(acquire_lines(64), Succeeded());
}

TEST_F(AChipOfAHundredLines, RefusesToLease65AtOnce) {
  EXPECT_THAT(acquire_lines(65),
              RefusedFor("TooManyLines", AllOf(HasSubstr("gpiochip0"), HasSubstr("64"))));
  EXPECT_THAT(acquire_lines(64), Succeeded());
}

TEST_F(AChipOfAHundredLines, LeasesAllOfThemInSeveralLeases) {
  EXPECT_THAT(acquire_lines(64), Succeeded());
  EXPECT_THAT(acquire_lines(65), RefusedFor("TooManyLines"));
}

}  // namespace
}  // namespace gpiobroker::test
