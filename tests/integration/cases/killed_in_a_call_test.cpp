// SPDX-License-Identifier: GPL-2.0-or-later
// SIGKILL at every step of every call that changes something.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::IsEmpty;

/// A call of a client that holds GPIO17, driven high, under this lease.
struct Deed {
  std::string name;
  Call (*call)(const std::string& lease);
};

/// How far the call gets before the client is killed.
struct Step {
  std::string name;
  void (*kill_at)(ClientProcess& client, const Call& call, TestBus& bus, DaemonProcess& daemon);
};

std::ostream& operator<<(std::ostream& out, const Deed& deed) {
  return out << deed.name;
}

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << step.name;
}

Call acquiring_more(const std::string&) {
  return acquiring({"GPIO27", "EXP3"}, driven_high());
}

Call setting(const std::string& lease) {
  return on_lease(lease, "SetValues", "a{si}", Json::array({Json::object({{"GPIO17", 1}})}));
}

Call reconfiguring(const std::string& lease) {
  return on_lease(lease, "Reconfigure", "asa{sv}", Json::array({Json::array(), driven_high()}));
}

Call releasing(const std::string& lease) {
  return on_lease(lease, "Release", "asa{sv}", Json::array({Json::array(), Json::object()}));
}

void before_it_is_sent(ClientProcess& client, const Call& call, TestBus&, DaemonProcess&) {
  client.prepare(call);
  client.kill();
}

void while_the_bus_has_it(ClientProcess& client, const Call& call, TestBus& bus, DaemonProcess&) {
  bus.stop();
  client.send(call);
  client.kill();
  bus.go_on();
}

void while_the_broker_has_it(ClientProcess& client, const Call& call, TestBus&,
                             DaemonProcess& daemon) {
  daemon.process().stop();
  client.send(call);
  client.wait_for_bus();
  client.kill();
  daemon.process().go_on();
}

/// The broker has read the call, and what it asks or answers waits in a bus that stands still.
void while_the_broker_talks_to_the_bus(ClientProcess& client, const Call& call, TestBus& bus,
                                       DaemonProcess& daemon) {
  daemon.process().stop();
  client.send(call);
  client.wait_for_bus();
  bus.stop();
  daemon.process().go_on();
  EXPECT_TRUE(eventually([&] { return is_sleeping(daemon.process().pid()); }));
  client.kill();
  bus.go_on();
}

void before_it_reads_the_answer(ClientProcess& client, const Call& call, TestBus&,
                                DaemonProcess& daemon) {
  client.send(call);
  client.wait_for_bus();
  EXPECT_TRUE(eventually([&] { return is_sleeping(daemon.process().pid()); }));
  client.kill();
}

void after_the_answer(ClientProcess& client, const Call& call, TestBus&, DaemonProcess&) {
  EXPECT_THAT(client.call(call), Succeeded());
  client.kill();
}

void wanting_no_answer(ClientProcess& client, const Call& call, TestBus&, DaemonProcess&) {
  client.send_and_vanish(call);
  client.process().wait();
}

const std::vector<Deed> kDeeds = {{"Acquiring", acquiring_more},
                                  {"Setting", setting},
                                  {"Reconfiguring", reconfiguring},
                                  {"Releasing", releasing}};

const std::vector<Step> kSteps = {
    {"BeforeItIsSent", before_it_is_sent},
    {"WhileTheBusHasIt", while_the_bus_has_it},
    {"WhileTheBrokerHasIt", while_the_broker_has_it},
    {"WhileTheBrokerTalksToTheBus", while_the_broker_talks_to_the_bus},
    {"BeforeItReadsTheAnswer", before_it_reads_the_answer},
    {"AfterTheAnswer", after_the_answer},
    {"WantingNoAnswer", wanting_no_answer}};

class AKilledClient : public BrokerTest,
                      public testing::WithParamInterface<std::tuple<Deed, Step>> {
 protected:
  void kill_at_the_step(ClientProcess& client, const Call& call) {
    std::get<Step>(GetParam()).kill_at(client, call, bus_, daemon_);
    wait_for_goodbye(client);
  }

  void expect_nothing_left() {
    EXPECT_THAT(lease_paths(), IsEmpty());
    for (const Pin each : {kGpio17, kGpio27, kExp3}) EXPECT_TRUE(is_safe(each)) << pin(each);
    for (const char* each : {"GPIO17", "GPIO27", "EXP3"}) EXPECT_EQ(line(each).at("Used"), false);
  }
};

TEST_P(AKilledClient, LeavesNothingBehind) {
  ClientProcess client = this->client();
  const std::string lease = lease_in(client.acquire({"GPIO17"}, driven_high()));
  kill_at_the_step(client, std::get<Deed>(GetParam()).call(lease));
  expect_nothing_left();
}

INSTANTIATE_TEST_SUITE_P(, AKilledClient,
                         testing::Combine(testing::ValuesIn(kDeeds), testing::ValuesIn(kSteps)),
                         [](const auto& test) {
                           return std::get<Deed>(test.param).name + std::get<Step>(test.param).name;
                         });

/// Whose first call this is: the broker does not know it and has to ask the bus.
class AKilledNewcomer : public AKilledClient {};

TEST_P(AKilledNewcomer, LeavesNothingBehind) {
  ClientProcess client = this->client();
  kill_at_the_step(client, acquiring({"GPIO17", "EXP3"}, driven_high()));
  expect_nothing_left();
}

INSTANTIATE_TEST_SUITE_P(, AKilledNewcomer,
                         testing::Combine(testing::Values(kDeeds.front()),
                                          testing::ValuesIn(kSteps)),
                         [](const auto& test) { return std::get<Step>(test.param).name; });

}  // namespace
}  // namespace gpiobroker::test
