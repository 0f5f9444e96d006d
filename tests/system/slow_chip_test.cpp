// SPDX-License-Identifier: GPL-2.0-or-later
// The service beside a chip that takes seconds a call: its watchdog has no reason to kill it.
#include <filesystem>
#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/environment.h"
#include "harness/eventually.h"
#include "harness/process.h"
#include "kernel/beating_client.h"
#include "kernel/kernel_view.h"
#include "kernel/shared_faults.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Where the service sees them: neither /tmp nor a home folder is as others have it.
constexpr const char* kSharedFolder = "/run/gpiobroker-test";
constexpr const char* kLibrary = "/usr/local/lib/libgpiobroker-test-faults.so";

class AServiceWithASickChip : public testing::Test {
 protected:
  AServiceWithASickChip() {
    fs::create_directories(kSharedFolder);
    fs::create_directories(fs::path(kLibrary).parent_path());
    fs::copy_file(program_beside("libgpiobroker-test-faults.so"), kLibrary,
                  fs::copy_options::overwrite_existing);
    faults_.emplace(std::string(kSharedFolder) + "/faults");
    service_.stop();
    service_.change("ReadWritePaths=" + std::string(kSharedFolder) + "\nEnvironment=LD_PRELOAD=" +
                    kLibrary + " " + kFaultsVariable + "=" + faults_->path());
    service_.start();
  }
  ~AServiceWithASickChip() override {
    faults_->heal();
    service_.stop();
    service_.forget_changes();
  }

  static std::vector<std::string> all_lines() {
    std::vector<std::string> names;
    for (int i = 0; i < 8; ++i) names.push_back("EXP" + std::to_string(i));
    return names;
  }

  /// A client drives a line of the healthy chip and is killed; how long until it is safe.
  static double seconds_until_safe_again() {
    ClientProcess healthy(kSystemBus, kRoot);
    EXPECT_EQ(healthy.acquire({"GPIO27"}, kHigh).error, "");
    healthy.kill();
    const auto killed = Clock::now();
    EXPECT_TRUE(eventually([] { return !is_driven("gpiochip0", 27); }));
    return std::chrono::duration<double>(Clock::now() - killed).count();
  }

  static inline const Settings kHigh{{"direction", v("s", "output")}, {"value", v("i", 1)}};

  Service service_;
  std::optional<Faults> faults_;
};

/// GPIOBROKER_TEST_SECONDS says for how long, GPIOBROKER_TEST_CALL_MS how long each call to the
/// sick chip takes, and GPIOBROKER_TEST_PER_LINE=1 that it takes so long for each line of the call.
TEST_F(AServiceWithASickChip, IsNotKilledByItsWatchdogAndServesTheOthers) {
  const std::chrono::seconds time(number_in_environment("GPIOBROKER_TEST_SECONDS", 20));
  const pid_t before = service_.main_pid();
  BeatingClient beating(kSystemBus, kRoot, "GPIO17");
  ClientProcess its_own(kSystemBus, kRoot);
  ASSERT_EQ(its_own.acquire(all_lines(), kHigh).error, "");
  faults_->make_sick("gpiochip1", number_in_environment("GPIOBROKER_TEST_CALL_MS", 1000),
                     number_in_environment("GPIOBROKER_TEST_PER_LINE", 0) != 0);
  its_own.kill();
  double slowest = 0;
  unsigned rounds = 0;
  for (const auto end = Clock::now() + time; Clock::now() < end && !HasFailure(); ++rounds) {
    ClientProcess stranger(kSystemBus, kNobody);
    stranger.call(on_manager("ReadLines", "as", {all_lines()}));
    slowest = std::max(slowest, seconds_until_safe_again());
  }
  std::cout << rounds << " killed clients of the healthy chip: its line was safe after at most "
            << slowest << " s\n";
  EXPECT_EQ(beating.end(), "");
  EXPECT_EQ(service_.main_pid(), before);
  EXPECT_EQ(service_.property("NRestarts"), "0");
}

TEST_F(AServiceWithASickChip, EndsInTimeAndLeavesNoLineDriven) {
  ClientProcess its_own(kSystemBus, kRoot);
  ASSERT_EQ(its_own.acquire({"EXP3"}, kHigh).error, "");
  faults_->make_sick("gpiochip1", 1000, false);
  service_.stop();
  EXPECT_FALSE(is_driven("gpiochip1", 3));
}

}  // namespace
}  // namespace gpiobroker::test
