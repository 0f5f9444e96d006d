// SPDX-License-Identifier: GPL-2.0-or-later
// Questions to the broker, asked by the observer.
#include "harness/broker_test.h"

#include <cstdlib>

namespace gpiobroker::test {
namespace {

DaemonProcess::Options options_for(const TestBus& bus, const Board& board,
                                   const std::vector<std::string>& wrapper,
                                   const std::string& configuration,
                                   const std::vector<std::string>& more_chips) {
  DaemonProcess::Options options{
      .arguments = board.daemon_arguments(), .wrapper = wrapper, .configuration = configuration};
  options.arguments.insert(options.arguments.end(), {"--address", bus.address()});
  for (const std::string& chip : more_chips) {
    options.arguments.insert(options.arguments.end(), {"--simulate", chip});
  }
  return options;
}

const std::string& address_once_served(const TestBus& bus, DaemonProcess& daemon) {
  daemon.wait_until_ready();
  return bus.address();
}

Json value_in(const Reply& reply) {
  if (!reply.error.empty()) throw std::runtime_error(reply.error + ": " + reply.message);
  return reply.values.at(0);
}

}  // namespace

Settings driven_high() {
  return {{"direction", v("s", "output")}, {"value", v("i", 1)}, {"bias", v("s", "pull-up")}};
}

std::string lease_in(const Reply& reply) {
  return value_in(reply).get<std::string>();
}

BrokerTest::BrokerTest(const std::vector<std::string>& wrapper, const std::string& configuration,
                       const std::vector<std::string>& more_chips)
    : daemon_(options_for(bus_, *board_, wrapper, configuration, more_chips)),
      observer_(address_once_served(bus_, daemon_), kRoot) {}

void BrokerTest::TearDown() {
  if (!daemon_.process().has_ended()) {
    EXPECT_EQ(daemon_.terminate(), exited(EXIT_SUCCESS));
  }
  if (HasFailure()) std::cerr << "gpiobrokerd wrote:\n" << daemon_.log();
}

ClientProcess BrokerTest::client(uid_t user) const {
  return {bus_.address(), user};
}

uid_t BrokerTest::client_user() {
  const char* given = std::getenv("GPIOBROKER_TEST_USER");
  return given == nullptr ? kNobody : static_cast<uid_t>(std::stoul(given));
}

void BrokerTest::wait_for_goodbye(const std::string& bus_name) {
  const Call question{.path = "/org/freedesktop/DBus",
                      .interface = "org.freedesktop.DBus",
                      .member = "NameHasOwner",
                      .signature = "s",
                      .arguments = Json::array({bus_name}),
                      .destination = "org.freedesktop.DBus"};
  EXPECT_TRUE(eventually([&] { return value_in(observer_.call(question)) == false; }));
  EXPECT_THAT(
      observer_.call(
          {.path = kManagerPath, .interface = "org.freedesktop.DBus.Peer", .member = "Ping"}),
      Succeeded());
}

std::string BrokerTest::line_path(const std::string& name) {
  return value_in(observer_.call({.path = kManagerPath,
                                  .interface = kManager,
                                  .member = "FindLine",
                                  .signature = "s",
                                  .arguments = Json::array({name})}));
}

Json BrokerTest::line(const std::string& name) {
  return properties(line_path(name), kLine);
}

Json BrokerTest::properties(const std::string& path, const std::string& interface) {
  return value_in(observer_.call({.path = path,
                                  .interface = kProperties,
                                  .member = "GetAll",
                                  .signature = "s",
                                  .arguments = Json::array({interface})}));
}

Json BrokerTest::everything() {
  return value_in(observer_.call(
      {.path = kManagerPath, .interface = kObjectManager, .member = "GetManagedObjects"}));
}

unsigned long BrokerTest::leases_granted() {
  ClientProcess last = client();
  const std::string path = lease_in(last.acquire({"EXP5"}, {}));
  last.kill();
  wait_for_goodbye(last);
  return std::stoul(path.substr(path.rfind('/') + 1)) - 1;
}

std::vector<std::string> BrokerTest::lease_paths() {
  std::vector<std::string> paths;
  const Json objects = everything();
  for (const auto& [path, interfaces] : objects.items()) {
    if (interfaces.contains(kLease)) paths.push_back(path);
  }
  return paths;
}

}  // namespace gpiobroker::test
