// SPDX-License-Identifier: GPL-2.0-or-later
// A pin that serves a peripheral, as clients and the command see it; on simulated chips, which can
// be told that one does.
#include "cases/command_fixture.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kUart = "alt5 of fe215040.serial";

class ALineOfAPeripheral : public CommandTest {
 protected:
  ALineOfAPeripheral() {
    const Reply reply =
        observer_.call({.path = "/org/gpiobroker1/chips/" + board_->chip_name(kHeader),
                        .interface = "org.gpiobroker1.Simulation",
                        .member = "SelectFunction",
                        .signature = "us",
                        .arguments = Json::array({14, kUart})});
    EXPECT_THAT(reply, Succeeded());
  }

  [[nodiscard]] bool is_served() { return line("GPIO14").at("Function") == kUart; }

  static Settings taking() {
    Settings settings = driven_high();
    settings["take-from-peripheral"] = v("b", true);
    return settings;
  }
};

TEST_F(ALineOfAPeripheral, IsShownAsOneWithItsFunction) {
  EXPECT_EQ(line("GPIO14").at("State"), "peripheral");
  EXPECT_TRUE(is_served());
  EXPECT_EQ(line("GPIO15").at("State"), "free");
  EXPECT_EQ(line("GPIO15").at("Function"), "");
  EXPECT_THAT(run({"list"}).output, AllOf(HasSubstr("peripheral"), HasSubstr(kUart)));
  EXPECT_THAT(run({"info", "GPIO14"}).output, AllOf(HasSubstr("peripheral"), HasSubstr(kUart)));
  const CommandEnd json = run({"info", "GPIO14", "--json"});
  EXPECT_EQ(Json::parse(json.output).at(0).at("function"), kUart) << json.output;
}

TEST_F(ALineOfAPeripheral, IsRefusedByNameToWhoReadsLeasesOrObservesIt) {
  for (const std::vector<std::string>& verb : {std::vector<std::string>{"get", "GPIO14"},
                                               {"get", "GPIO17", "GPIO14"},
                                               {"set", "GPIO14=1"},
                                               {"monitor", "--observe", "GPIO14"},
                                               {"hold", "GPIO17=1", "GPIO14=1", "--", "true"}}) {
    const CommandEnd refused = run(verb);
    EXPECT_EQ(refused.end, exited(3)) << refused.output;
    EXPECT_THAT(refused.output,
                AllOf(HasSubstr("GPIO14"), HasSubstr(kUart), HasSubstr("take-from-peripheral")));
  }
  EXPECT_THAT(client().acquire({"GPIO14"}, driven_high()), RefusedFor("ServesPeripheral"));
  EXPECT_TRUE(is_served());
  EXPECT_FALSE(pin(kGpio17).driven);
}

TEST_F(ALineOfAPeripheral, IsTakenByWhoSaysSoAndMay) {
  EXPECT_THAT(client().acquire({"GPIO14"}, taking()), RefusedFor("Denied"));
  EXPECT_TRUE(is_served());
  ClientProcess root = client(kRoot);
  const std::string lease = lease_in(root.acquire({"GPIO14"}, taking()));
  EXPECT_EQ(line("GPIO14").at("State"), "leased");
  EXPECT_THAT(root.release(lease), Succeeded());
  EXPECT_EQ(line("GPIO14").at("State"), "free");
  EXPECT_EQ(line("GPIO14").at("Function"), "");
  EXPECT_TRUE(is_safe({kHeader, 14}));
}

TEST_F(ALineOfAPeripheral, IsTakenByTheCommandThatSaysSo) {
  EXPECT_EQ(run({"hold", "--take-from-peripheral", "GPIO14=1", "--", "true"}).end, exited(0));
  EXPECT_EQ(line("GPIO14").at("Function"), "");
}

}  // namespace
}  // namespace gpiobroker::test
