// SPDX-License-Identifier: GPL-2.0-or-later
// The installed service with an administrator's configuration. gpio-sim gives a line that is given
// back the level of its pull, but keeps its direction: that tells whether it was reset.
#include <filesystem>
#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/client_process.h"
#include "harness/environment.h"
#include "harness/eventually.h"
#include "kernel/kernel_view.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

class AConfiguredService : public testing::Test {
 protected:
  AConfiguredService() { service_.stop(); }
  ~AConfiguredService() override {
    service_.stop();
    std::filesystem::remove_all(kConfigurationFolder);
  }

  void start() {
    service_.start();
    client_.emplace(kSystemBus, kRoot);
  }

  Reply acquire(const std::string& line) {
    return client_->acquire({line}, {{"direction", v("s", "output")}, {"value", v("i", 1)}});
  }

  static std::string text_of_gpio17() { return debug_text("gpiochip0", 17); }

  Service service_;
  std::optional<ClientProcess> client_;
};

TEST_F(AConfiguredService, LeavesALineAsItIsThatIsToBeKept) {
  configure(R"({"lines": [{"match": ["GPIO17"], "safe": "keep"}]})");
  start();
  ASSERT_EQ(acquire("GPIO17").error, "");
  service_.stop();
  EXPECT_THAT(text_of_gpio17(), HasSubstr("(<unused>) output"));
}

TEST_F(AConfiguredService, KeepsSuchALineEvenWhenItIsKilled) {
  configure(R"({"lines": [{"match": ["GPIO17"], "safe": "keep"}]})");
  service_.change("RestartSec=1h");
  start();
  ASSERT_EQ(acquire("GPIO17").error, "");
  ASSERT_EQ(acquire("GPIO27").error, "");
  service_.kill(SIGKILL);
  EXPECT_TRUE(
      eventually([] { return debug_text("gpiochip0", 27).find(") input") != std::string::npos; }));
  EXPECT_THAT(text_of_gpio17(), HasSubstr("(<unused>) output"));
  service_.forget_changes();
}

TEST_F(AConfiguredService, ParksALineFromItsStartOn) {
  configure(R"({"lines": [{"match": ["GPIO17"], "park": true,
                           "safe": {"direction": "input", "bias": "pull-down"}}]})");
  start();
  EXPECT_EQ(text_of_gpio17(), "(gpiobroker:parked) input,pull-down");
}

TEST_F(AConfiguredService, RefusesAProtectedLineToRootAndSaysWhy) {
  configure(R"({"lines": [{"match": ["GPIO17"], "protected": "drives the boiler"}]})");
  start();
  const Reply refused = acquire("GPIO17");
  EXPECT_EQ(refused.error, "org.gpiobroker1.Error.Denied") << refused.message;
  EXPECT_THAT(refused.message, HasSubstr("drives the boiler"));
}

TEST_F(AConfiguredService, FindsALineByItsAliasOnceItIsReloaded) {
  start();
  EXPECT_THAT(acquire("fan").error, HasSubstr("NoSuchLine"));
  configure(R"({"aliases": {"fan": "GPIO17"}})");
  service_.reload();
  EXPECT_TRUE(eventually([&] { return acquire("fan").error.empty(); }));
}

TEST_F(AConfiguredService, KeepsServingWhileItReloadsRightAndWrongFilesUnderLoad) {
  const unsigned reloads = times(12);
  configure("{}");
  start();
  ASSERT_EQ(acquire("GPIO27").error, "");
  const pid_t before = service_.main_pid();
  constexpr unsigned kLongLife = 60'000'000;  // in microseconds: the test ends it
  ClientProcess busy(kSystemBus, kRoot);
  busy.churn_until_killed({"GPIO17", "EXP3"}, 0, kLongLife);
  for (unsigned i = 0; i < reloads; ++i) {
    configure(i % 2 == 0 ? R"({"aliases": {"fan": 17}})" : R"({"aliases": {"fan": "GPIO22"}})");
    service_.reload();
    ASSERT_THAT(debug_text("gpiochip0", 27), HasSubstr(") output")) << i;
  }
  EXPECT_EQ(service_.main_pid(), before);
  EXPECT_EQ(acquire("fan").error, "");
  busy.kill();
  EXPECT_TRUE(eventually([] { return !is_driven("gpiochip0", 17) && !is_driven("gpiochip1", 3); }));
}

TEST_F(AConfiguredService, RunsWithAWrongOneAndAnswersAtOnceUntilItIsMended) {
  configure(R"({"aliasses": {}})");
  start();
  const pid_t before = service_.main_pid();
  const Reply refused = acquire("GPIO17");
  EXPECT_EQ(refused.error, "org.gpiobroker1.Error.BadConfiguration") << refused.message;
  EXPECT_THAT(refused.message, HasSubstr("aliasses"));
  EXPECT_THAT(service_.property("StatusText"), HasSubstr("nobody may use a line"));
  configure("{}");
  EXPECT_TRUE(eventually([&] { return acquire("GPIO17").error.empty(); }));
  EXPECT_EQ(service_.main_pid(), before);
  const std::string journal = service_.journal();
  const std::string said = "the configuration is not in force, and so nobody";
  EXPECT_NE(journal.find(said), std::string::npos);
  EXPECT_EQ(journal.find(said), journal.rfind(said));
}

TEST_F(AConfiguredService, StaysAsItWasWhenItIsReloadedWithABadFileAndSaysWhy) {
  configure(R"({"aliases": {"fan": "GPIO17"}})");
  start();
  configure(R"({"aliases": {"fan": 17}, "lignes": []})");
  service_.reload();
  EXPECT_TRUE(eventually([&] { return service_.journal().find("lignes") != std::string::npos; }));
  EXPECT_EQ(acquire("fan").error, "");
}

}  // namespace
}  // namespace gpiobroker::test
