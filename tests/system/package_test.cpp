// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of leased lines when the package is upgraded, removed, and put back.
#include <filesystem>
#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/client_process.h"
#include "harness/eventually.h"
#include "kernel/kernel_view.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kInstall = "dpkg --install /opt/gpiobroker/*.deb";

/// A client drives GPIO17; GPIO27, driven too, is to be kept as it is.
class ThePackage : public testing::Test {
 protected:
  ThePackage() {
    service_.stop();
    configure(R"({"lines": [{"match": ["GPIO27"], "safe": "keep"}]})");
    service_.start();
    client_.emplace(kSystemBus, kRoot);
    const Settings high{{"direction", v("s", "output")}, {"value", v("i", 1)}};
    EXPECT_EQ(client_->acquire({"GPIO17", "GPIO27"}, high).error, "");
    EXPECT_TRUE(is_driven(17) && is_driven(27));
  }
  ~ThePackage() override {
    output_of(kInstall);
    std::filesystem::remove(std::string(kConfigurationFolder) + "/config.json");
    service_.stop();
  }

  static bool is_driven(unsigned offset) { return test::is_driven("gpiochip0", offset); }

  Service service_;
  std::optional<ClientProcess> client_;
};

TEST_F(ThePackage, ResetsLinesWhenItIsUpgradedAndServesAgain) {
  const pid_t before = service_.main_pid();
  output_of(kInstall);
  EXPECT_FALSE(is_driven(17));
  EXPECT_TRUE(is_driven(27)) << "it is to be kept";
  EXPECT_TRUE(eventually([&] { return service_.has_its_name(); }));
  EXPECT_NE(service_.main_pid(), before);
  EXPECT_THAT(service_.journal(), HasSubstr("ended: shutdown"));
  EXPECT_EQ(client_->acquire({"GPIO17"}, {}).error, "");
}

TEST_F(ThePackage, ResetsLinesWhenItIsRemovedAndKeepsTheConfiguration) {
  output_of("dpkg --remove gpiobroker");
  EXPECT_FALSE(is_driven(17));
  EXPECT_TRUE(is_driven(27)) << "it is to be kept";
  EXPECT_FALSE(service_.has_its_name());
  EXPECT_TRUE(std::filesystem::exists(std::string(kConfigurationFolder) + "/config.json"));
  EXPECT_FALSE(std::filesystem::exists("/usr/libexec/gpiobrokerd"));
}

TEST_F(ThePackage, LeavesNothingOfItselfWhenItIsPurged) {
  output_of("dpkg --purge gpiobroker");
  EXPECT_FALSE(is_driven(17));
  EXPECT_FALSE(std::filesystem::exists(kConfigurationFolder));
  EXPECT_FALSE(std::filesystem::exists("/run/gpiobroker"));
}

TEST_F(ThePackage, RunsTheServiceAtBoot) {
  EXPECT_EQ(output_of("systemctl is-enabled gpiobroker"), "enabled\n");
}

}  // namespace
}  // namespace gpiobroker::test
