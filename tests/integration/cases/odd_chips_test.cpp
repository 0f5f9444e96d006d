// SPDX-License-Identifier: GPL-2.0-or-later
// Chips whose driver calls them what nobody should: everything is listed, and they are found.
#include <sstream>

#include "harness/broker_test.h"
#include "support/hostile_names.h"

namespace gpiobroker::test {
namespace {

Call all_objects() {
  return {.path = kManagerPath, .interface = kObjectManager, .member = "GetManagedObjects"};
}

Call find_line(const std::string& line) {
  return on_manager("FindLine", "s", Json::array({line}));
}

TEST(AnOddChip, IsListedAmongAllOthersAndFoundByItsLabel) {
  const std::string path = "/org/gpiobroker1/chips/gpiochip0";
  const TestBus bus;
  for (const std::string_view label : kHostileNames) {
    if (label.empty()) continue;  // is a Raspberry Pi's chip
    SCOPED_TRACE(std::string(label));
    DaemonProcess daemon({.arguments = {"--address", bus.address(), "--simulate",
                                        "8:" + std::string(label), "--simulate", "54"}});
    daemon.wait_until_ready();
    ClientProcess client(bus.address(), kNobody);
    const Reply objects = client.call(all_objects());
    ASSERT_THAT(objects, Succeeded());
    const std::string shown = objects.values.at(0).at(path).at("org.gpiobroker1.Chip").at("Label");
    EXPECT_EQ(client.call(find_line(shown + ":3")).values, Json::array({path + "/3"})) << shown;
    EXPECT_EQ(client.call(find_line("gpiochip0:3")).values, Json::array({path + "/3"}));
    EXPECT_THAT(client.acquire({"gpiochip0:3", "GPIO17"}, driven_high()), Succeeded());
    EXPECT_EQ(daemon.terminate(), exited(EXIT_SUCCESS));
    std::istringstream log(daemon.log());
    for (std::string line; std::getline(log, line);) {
      EXPECT_THAT(line.substr(0, 9), testing::MatchesRegex("[0-9][0-9]:.*")) << line;
    }
  }
}

}  // namespace
}  // namespace gpiobroker::test
