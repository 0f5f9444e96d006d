// SPDX-License-Identifier: GPL-2.0-or-later
// Chips that come and go under the installed service, sandbox and all.
#include <algorithm>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/client_process.h"
#include "harness/eventually.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

class AServiceWithAChipThatIsUnplugged : public testing::Test {
 protected:
  AServiceWithAChipThatIsUnplugged() {
    service_.start();
    client_.emplace(kSystemBus, kRoot);
    client_->watch("type='signal',sender='org.gpiobroker1',interface='org.gpiobroker1.Lease'");
  }
  ~AServiceWithAChipThatIsUnplugged() override { service_.stop(); }

  void plug_in() {
    chip_.emplace(GpioSim::Setup{.label = "usb-gpio", .names = {"PLUG0", "PLUG1"}});
    ASSERT_TRUE(eventually([&] { return knows("PLUG0"); }));
  }

  void unplug() {
    chip_.reset();
    ASSERT_TRUE(eventually([&] { return !knows("PLUG0"); }));
  }

  bool knows(const std::string& line) {
    return client_->call(on_manager("FindLine", "s", Json::array({line}))).error.empty();
  }

  bool is_told_that_the_chip_was_removed() {
    return eventually([&] {
      return std::ranges::any_of(client_->signals(), [](const Json& signal) {
        return signal.at("arguments").at(0) == "chip-removed";
      });
    });
  }

  void go_round() {
    plug_in();
    ASSERT_EQ(client_->acquire({"PLUG0"}, {{"direction", v("s", "output")}}).error, "");
    unplug();
    ASSERT_TRUE(is_told_that_the_chip_was_removed());
  }

  std::size_t open_files() {
    return std::stoul(output_of("ls /proc/" + std::to_string(service_.main_pid()) + "/fd | wc -l"));
  }

  Service service_;
  std::optional<ClientProcess> client_;
  std::optional<GpioSim> chip_;
};

TEST_F(AServiceWithAChipThatIsUnplugged, TellsTheHolderAndLeasesItAgainAndAgain) {
  constexpr int kRounds = 20;
  go_round();
  const std::size_t files = open_files();
  const pid_t service = service_.main_pid();
  for (int round = 0; round < kRounds; ++round) go_round();
  EXPECT_EQ(open_files(), files);
  EXPECT_EQ(service_.main_pid(), service);
}

}  // namespace
}  // namespace gpiobroker::test
