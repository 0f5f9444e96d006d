// SPDX-License-Identifier: GPL-2.0-or-later
// Chips that are unplugged and put back while their lines are leased.
#include <algorithm>

#include "harness/broker_test.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

GpioSim::Setup plug_setup() {
  return {.label = "usb-gpio", .names = {"PLUG0", "PLUG1"}};
}

/// A board, and a third chip that can be unplugged.
class AChipThatIsUnplugged : public BrokerTest {
 protected:
  AChipThatIsUnplugged() {
    plug_in();
    client_.watch("type='signal',sender='org.gpiobroker1',interface='org.gpiobroker1.Lease'");
  }

  void plug_in() {
    chip_.emplace(plug_setup());
    EXPECT_TRUE(eventually([&] { return knows("PLUG0"); }));
  }

  void unplug() {
    chip_.reset();
    EXPECT_TRUE(eventually([&] { return !knows("PLUG0"); }));
  }

  bool knows(const std::string& line) {
    return observer_.call(on_manager("FindLine", "s", Json::array({line}))).error.empty();
  }

  bool client_hears(const std::string& lease, const std::string& reason) {
    return eventually([&] {
      for (const Json& signal : client_.signals()) heard_.push_back(signal);
      return std::ranges::any_of(heard_, [&](const Json& each) {
        return each.at("path") == lease && each.at("arguments").at(0) == reason;
      });
    });
  }

  std::optional<GpioSim> chip_;
  ClientProcess client_ = client();
  Json heard_ = Json::array();
};

TEST_F(AChipThatIsUnplugged, EndsTheLeaseOnItAndTellsTheHolder) {
  const std::string lease = lease_in(client_.acquire({"PLUG0"}, driven_high()));
  unplug();
  EXPECT_TRUE(client_hears(lease, "chip-removed")) << heard_.dump();
  EXPECT_TRUE(eventually([&] { return lease_paths().empty(); }));
  EXPECT_THAT(daemon_.log(), HasSubstr("chip-removed"));
}

TEST_F(AChipThatIsUnplugged, HasTheOtherLinesOfTheLeaseReset) {
  const std::string lease = lease_in(client_.acquire({"GPIO17", "PLUG1"}, driven_high()));
  ASSERT_THAT(client_.acquire({"GPIO27"}, driven_high()), Succeeded());
  unplug();
  EXPECT_TRUE(client_hears(lease, "chip-removed"));
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_TRUE(pin(kGpio27).driven) << "of another lease";
}

TEST_F(AChipThatIsUnplugged, CanBeLeasedAgainWhenItIsBack) {
  ASSERT_THAT(client_.acquire({"PLUG0"}, driven_high()), Succeeded());
  unplug();
  EXPECT_THAT(client_.acquire({"usb-gpio:0"}, driven_high()), RefusedFor("NoSuchLine"));
  plug_in();
  EXPECT_THAT(client_.acquire({"usb-gpio:0"}, driven_high()), Succeeded());
  EXPECT_THAT(debug_text(chip_->chip_name(), 0), HasSubstr("output-high"));
}

TEST_F(AChipThatIsUnplugged, LeavesNothingBehindHoweverOftenItComesBack) {
  constexpr int kRounds = 100;
  const auto round = [&] {
    ASSERT_THAT(client_.acquire({"PLUG0", "GPIO17"}, driven_high()), Succeeded());
    unplug();
    ASSERT_TRUE(eventually([&] { return lease_paths().empty(); }));
    plug_in();
  };
  for (int i = 0; i < 5; ++i) round();
  const std::size_t files = daemon_.open_file_count();
  const std::size_t memory = daemon_.resident_bytes();
  for (int i = 0; i < kRounds; ++i) round();
  constexpr std::size_t kSlack = 1024UL * 1024;
  EXPECT_EQ(daemon_.open_file_count(), files);
  EXPECT_LE(daemon_.resident_bytes(), memory + kSlack);
  EXPECT_TRUE(is_safe(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
