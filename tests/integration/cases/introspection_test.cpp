// SPDX-License-Identifier: GPL-2.0-or-later
// The objects on the bus are what the shipped descriptions promise.
#include "harness/introspection.h"
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

class TheBroker : public BrokerTest {
 protected:
  Interface live_interface(const std::string& path, const std::string& name) {
    const Reply reply = observer_.call(
        {.path = path, .interface = "org.freedesktop.DBus.Introspectable", .member = "Introspect"});
    return parse_introspection(reply.values.at(0).get<std::string>()).at(name);
  }

  void expect_as_shipped(const std::string& path, const std::string& name) {
    EXPECT_EQ(live_interface(path, name), shipped_interface(name));
  }

  std::string chip_path() { return line("GPIO17").at("Chip"); }
};

TEST_F(TheBroker, HasTheManagerThatItDescribes) {
  expect_as_shipped(kManagerPath, kManager);
}

TEST_F(TheBroker, HasTheChipsThatItDescribes) {
  expect_as_shipped(chip_path(), "org.gpiobroker1.Chip");
}

TEST_F(TheBroker, HasTheLinesThatItDescribes) {
  expect_as_shipped(line_path("GPIO17"), kLine);
}

TEST_F(TheBroker, HasTheLeasesThatItDescribes) {
  ClientProcess client = this->client();
  expect_as_shipped(lease_in(client.acquire({"GPIO17"}, {})), kLease);
}

TEST_F(TheBroker, ShowsAllItsObjectsWithAllTheirPropertiesInOneCall) {
  ClientProcess client = this->client();
  const std::string lease = lease_in(client.acquire({"GPIO17"}, driven_high()));
  const Json objects = everything();
  for (const std::string name : {kLine, kLease, "org.gpiobroker1.Chip"}) {
    const std::string path = name == kLease  ? lease
                             : name == kLine ? line_path("GPIO17")
                                             : chip_path();
    EXPECT_EQ(objects.at(path).at(name), properties(path, name)) << path;
    EXPECT_EQ(objects.at(path).at(name).size(), shipped_interface(name).properties.size()) << path;
  }
}

TEST_F(TheBroker, HasAnObjectForEveryLine) {
  const Json objects = everything();
  const auto is_line = [](const Json& interfaces) { return interfaces.contains(kLine); };
  EXPECT_EQ(std::ranges::count_if(objects, is_line), 54 + 8);
}

}  // namespace
}  // namespace gpiobroker::test
