// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of lines whose broker was killed. gpio-sim keeps driving what is given back, as a
// Raspberry Pi 5 does.
#include <fstream>

#include "harness/broker_test.h"
#include "harness/temporary_folder.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class AKilledBroker : public testing::Test {
 protected:
  AKilledBroker() { start(); }

  void start() {
    daemon_.emplace(DaemonProcess::Options{.arguments = {"--address", bus_.address()},
                                           .state = state_.file("state")});
    daemon_->wait_until_ready();
  }

  /// A client drives three lines on two chips, and dies with the broker.
  std::string lease_and_kill() {
    ClientProcess client(bus_.address(), kNobody);
    const Reply lease = client.acquire({"GPIO17", "GPIO27", "EXP3"}, driven_high());
    daemon_->process().signal(SIGKILL);
    EXPECT_EQ(daemon_->process().wait(), killed_by(SIGKILL));
    return lease_in(lease);
  }

  ProcessEnd reset() {
    Process helper(
        {.command = {program_beside("gpiobroker-reset"), "--state", state_.file("state")},
         .environment = {},
         .user = {},
         .streams = {}});
    return helper.wait();
  }

  [[nodiscard]] std::string text_of(Pin pin) const {
    return debug_text(board_->chip_name(pin.chip), pin.offset);
  }

  void expect_all(const std::string& text) {
    for (const Pin pin : kLines) EXPECT_THAT(text_of(pin), StartsWith(text));
  }

  static constexpr std::array<Pin, 3> kLines{kGpio17, kGpio27, kExp3};

  TestBus bus_;
  std::unique_ptr<Board> board_ = make_board();
  TemporaryFolder state_;
  std::optional<DaemonProcess> daemon_;
};

TEST_F(AKilledBroker, LeavesItsLinesDrivenUntilSomebodyResetsThem) {
  lease_and_kill();
  expect_all("(<unused>) output-high");
}

TEST_F(AKilledBroker, HasItsLinesResetByTheHelper) {
  lease_and_kill();
  EXPECT_EQ(reset(), exited(EXIT_SUCCESS));
  expect_all("(<unused>) input");
}

TEST_F(AKilledBroker, HasItsLinesResetByItsSuccessorBeforeThatIsReady) {
  lease_and_kill();
  start();
  expect_all("(<unused>) input");
  EXPECT_THAT(daemon_->log(), HasSubstr("left behind by a broker that died; it is reset"));
}

TEST_F(AKilledBroker, HasASuccessorThatGoesOnCountingLeases) {
  const std::string first = lease_and_kill();
  start();
  const std::string second = lease_and_kill();
  EXPECT_EQ(first, "/org/gpiobroker1/leases/1");
  EXPECT_EQ(second, "/org/gpiobroker1/leases/2");
}

TEST_F(AKilledBroker, HasNoLineOfAnybodyElseReset) {
  const std::string chip = board_->chip_name(kHeader);
  { const auto left = hold_directly(chip, 22, "gone", gpiod::line::direction::OUTPUT); }
  lease_and_kill();
  const auto stranger = hold_directly(chip, 17, "stranger", gpiod::line::direction::OUTPUT);
  EXPECT_EQ(reset(), exited(EXIT_SUCCESS));
  EXPECT_THAT(text_of({kHeader, 22}), StartsWith("(<unused>) output"));
  EXPECT_THAT(text_of(kGpio17), StartsWith("(stranger) output"));
  EXPECT_THAT(text_of(kGpio27), StartsWith("(<unused>) input"));
}

TEST_F(AKilledBroker, HasItsLinesResetOnce) {
  lease_and_kill();
  reset();
  {
    const auto left =
        hold_directly(board_->chip_name(kHeader), 17, "later", gpiod::line::direction::OUTPUT);
  }
  EXPECT_EQ(reset(), exited(EXIT_SUCCESS));
  EXPECT_THAT(text_of(kGpio17), StartsWith("(<unused>) output")) << "the later program's doing";
}

TEST_F(AKilledBroker, HasASuccessorThatSetsATornLedgerAside) {
  lease_and_kill();
  const std::string ledger = state_.file("state/ledger.json");
  std::filesystem::resize_file(ledger, std::filesystem::file_size(ledger) / 2);
  start();
  EXPECT_THAT(daemon_->log(), HasSubstr("cannot be understood"));
  EXPECT_TRUE(std::filesystem::exists(ledger + ".unreadable"));
}

TEST_F(AKilledBroker, SharesItsLedgerWithNoOtherBroker) {
  DaemonProcess other({.arguments = {"--address", bus_.address()}, .state = state_.file("state")});
  EXPECT_EQ(other.process().wait(), exited(EXIT_FAILURE));
  EXPECT_THAT(other.log(), HasSubstr("is in use by another gpiobrokerd"));
  EXPECT_EQ(reset(), exited(EXIT_FAILURE)) << "nor with the helper";
}

}  // namespace
}  // namespace gpiobroker::test
