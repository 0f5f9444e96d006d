// SPDX-License-Identifier: GPL-2.0-or-later
// The chips that the daemon simulates, for whoever develops without a board.
#include "gpiobroker/broker.h"
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

class ASimulatedPin : public BrokerTest {
 protected:
  Reply drive(unsigned offset, int level) {
    return observer_.call({.path = "/org/gpiobroker1/chips/" + board_->chip_name(kHeader),
                           .interface = "org.gpiobroker1.Simulation",
                           .member = "DriveInput",
                           .signature = "ui",
                           .arguments = Json::array({offset, level})});
  }

  [[nodiscard]] bool is_high() { return pin(kGpio17).high; }
};

TEST_F(ASimulatedPin, GoesWhereItIsDrivenFromOutside) {
  EXPECT_THAT(drive(kGpio17.offset, 1), Succeeded());
  EXPECT_TRUE(is_high());
  EXPECT_THAT(drive(kGpio17.offset, 0), Succeeded());
  EXPECT_FALSE(is_high());
}

TEST_F(ASimulatedPin, FollowsItsPullOnceNothingDrivesItFromOutside) {
  ClientProcess holder = client();
  const Settings pulled_up = {{"direction", v("s", "input")}, {"bias", v("s", "pull-up")}};
  (void)lease_in(holder.acquire({"GPIO17"}, pulled_up));
  EXPECT_THAT(drive(kGpio17.offset, 0), Succeeded());
  EXPECT_FALSE(is_high());
  EXPECT_THAT(drive(kGpio17.offset, -1), Succeeded());
  EXPECT_TRUE(is_high());
}

TEST_F(ASimulatedPin, TakesNoOtherLevelsAndNoOtherOffsets) {
  EXPECT_THAT(drive(kGpio17.offset, 2), RefusedFor("InvalidValue", HasSubstr("0, 1, or -1")));
  EXPECT_THAT(drive(54, 1), RefusedFor("NoSuchLine", HasSubstr("54")));
}

TEST_F(ASimulatedPin, IsDebouncedAsAKernelsWould) {
  ClientProcess holder = client();
  const std::string lease =
      lease_in(holder.acquire({"GPIO17"}, {{"direction", v("s", "input")},
                                           {"edge", v("s", "both")},
                                           {"debounce-period", v("u", 20'000)}}));
  for (const int level : {1, 0, 1}) EXPECT_THAT(drive(kGpio17.offset, level), Succeeded());
  const Reply edges = holder.call(on_lease(lease, "WaitForEdges", "u", Json::array({30'000})));
  ASSERT_THAT(edges, Succeeded());
  ASSERT_EQ(edges.values.at(0).size(), 1U) << edges.values.dump();
  EXPECT_EQ(edges.values.at(0).at(0).at(1), "rising");
}

TEST(ABrokerOnSimulatedChips, NeedsNothingButABus) {
  const TestBus bus;
  const Process daemon(
      {.command = {program_beside("gpiobrokerd"), "--simulate", "54", "--address", bus.address()},
       .environment = {},
       .user = {},
       .streams = {}});
  Broker broker(bus.address());
  ASSERT_TRUE(eventually([&] {
    try {
      return !broker.version().empty();
    } catch (const Error&) {
      return false;
    }
  }));
  const Lease led = broker.acquire({"GPIO17"}, {.direction = Direction::output, .value = true});
  EXPECT_TRUE(led.is_active("GPIO17"));
}

}  // namespace
}  // namespace gpiobroker::test
