// SPDX-License-Identifier: GPL-2.0-or-later
// Direct leases of which there is much to hand out, or that are opened again and again.
#include <filesystem>

#include "harness/broker_test.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

Settings direct(Settings settings = driven_high()) {
  settings["direct"] = v("b", true);
  return settings;
}

class ADirectLeaseOfMuch : public BrokerTest {
 protected:
  std::size_t descriptors() {
    const std::string folder = "/proc/" + std::to_string(daemon_.process().pid()) + "/fd";
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                  std::filesystem::directory_iterator()));
  }
};

TEST_F(ADirectLeaseOfMuch, DoesNotCostTheBrokerItsPlaceOnTheBus) {
  std::vector<std::unique_ptr<GpioSim>> chips;
  std::vector<std::string> lines;
  for (int i = 0; i < 17; ++i) {
    lines.push_back("MANY" + std::to_string(i));
    chips.push_back(std::make_unique<GpioSim>(
        GpioSim::Setup{.label = "many-" + std::to_string(i), .names = {lines.back()}}));
    ASSERT_TRUE(eventually([&] {
      return observer_.call(on_manager("FindLine", "s", Json::array({lines.back()}))).error.empty();
    }));
  }
  ClientProcess bystander = client(kSomebodyElse);
  const std::string of_bystander = lease_in(bystander.acquire({"GPIO27"}, driven_high()));
  ClientProcess holder = client();
  const std::string too_much = lease_in(holder.acquire(lines, direct()));
  EXPECT_THAT(holder.open_direct(too_much), RefusedFor("Unsupported", HasSubstr("16")));
  EXPECT_THAT(holder.release(too_much, {lines.back()}), Succeeded());
  EXPECT_THAT(holder.open_direct(too_much), Succeeded());
  EXPECT_THAT(bystander.get_values(of_bystander), Succeeded());
}

TEST_F(ADirectLeaseOfMuch, LeavesNoDescriptorsBehindHoweverOftenItIsOpened) {
  ClientProcess holder = client();
  const std::string lease =
      lease_in(holder.acquire({"GPIO17"}, direct({{"direction", v("s", "output")},
                                                  {"lifetime", v("s", "ttl")},
                                                  {"ttl-ms", v("u", 600'000)}})));
  const std::size_t before = descriptors();
  for (int i = 0; i < 100; ++i) EXPECT_THAT(holder.open_direct(lease), Succeeded());
  holder.close_direct();
  EXPECT_LE(descriptors(), before + 2);
}

}  // namespace
}  // namespace gpiobroker::test
