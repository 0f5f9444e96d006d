// SPDX-License-Identifier: GPL-2.0-or-later
// The folder of the ledger is full: what could not be reset after a crash is not driven.
#include <fstream>

#include <sys/mount.h>

#include "harness/broker_test.h"
#include "harness/temporary_folder.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

/// A file system of 64 KiB.
class SmallFolder {
 public:
  SmallFolder() {
    checked(mkdir(path().c_str(), 0700), "mkdir");
    checked(mount("tmpfs", path().c_str(), "tmpfs", 0, "size=64k"), "mount");
  }
  SmallFolder(const SmallFolder&) = delete;
  SmallFolder& operator=(const SmallFolder&) = delete;
  ~SmallFolder() { umount2(path().c_str(), MNT_DETACH); }

  [[nodiscard]] std::string path() const { return folder_.file("state"); }

  void fill() const {
    const std::string page(4096, 'x');
    std::ofstream file(filler(), std::ios::binary);
    while (file.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
    }
  }

  void make_room() const { std::filesystem::remove(filler()); }

 private:
  [[nodiscard]] std::string filler() const { return path() + "/filler"; }

  TemporaryFolder folder_;
};

class AFullFolder : public testing::Test {
 protected:
  AFullFolder() {
    start();
    client_.emplace(bus_.address(), kNobody);
    lease_ = lease_in(client_->acquire({"GPIO17", "EXP3"}, driven_high()));
    folder_.fill();
  }
  ~AFullFolder() override {
    if (HasFailure()) std::cerr << "gpiobrokerd wrote:\n" << daemon_->log();
  }

  void start() {
    daemon_.emplace(DaemonProcess::Options{.arguments = {"--address", bus_.address()},
                                           .state = folder_.path()});
    daemon_->wait_until_ready();
  }

  [[nodiscard]] std::string text_of(Pin pin) const {
    return debug_text(board_->chip_name(pin.chip), pin.offset);
  }

  void expect_reset() {
    for (const Pin each : {kGpio17, kExp3}) {
      EXPECT_TRUE(eventually([&] { return text_of(each).starts_with("(<unused>) input"); }))
          << text_of(each);
    }
  }

  TestBus bus_;
  std::unique_ptr<Board> board_ = make_board();
  SmallFolder folder_;
  std::optional<DaemonProcess> daemon_;
  std::optional<ClientProcess> client_;
  std::string lease_;
};

TEST_F(AFullFolder, HasLeasesRefusedAndNothingDriven) {
  EXPECT_THAT(client_->acquire({"GPIO27"}, driven_high()), RefusedFor("NotRecorded"));
  EXPECT_THAT(text_of(kGpio27), HasSubstr("input"));
  folder_.make_room();
  EXPECT_THAT(client_->acquire({"GPIO27"}, driven_high()), Succeeded());
  EXPECT_THAT(text_of(kGpio27), HasSubstr("output-high"));
}

TEST_F(AFullFolder, KeepsNobodyFromUsingWhatItHas) {
  EXPECT_THAT(client_->set_values(lease_, {{"GPIO17", 0}}), Succeeded());
  EXPECT_THAT(text_of(kGpio17), HasSubstr("output-low"));
}

TEST_F(AFullFolder, KeepsNoLineFromItsReset) {
  EXPECT_THAT(client_->release(lease_), Succeeded());
  expect_reset();
}

TEST_F(AFullFolder, KeepsNoLineOfADeadClientFromItsReset) {
  client_->kill();
  expect_reset();
}

TEST_F(AFullFolder, KeepsNoLineOfADeadBrokerFromItsReset) {
  daemon_->process().signal(SIGKILL);
  daemon_->process().wait();
  EXPECT_THAT(text_of(kGpio17), HasSubstr("output")) << "nobody has reset it yet";
  Process helper({.command = {program_beside("gpiobroker-reset"), "--state", folder_.path()},
                  .environment = {},
                  .user = {},
                  .streams = {}});
  EXPECT_EQ(helper.wait(), exited(EXIT_SUCCESS));
  expect_reset();
}

TEST_F(AFullFolder, HasABrokerThatStartsRefuseLeasesUntilThereIsRoom) {
  EXPECT_EQ(daemon_->terminate(), exited(EXIT_SUCCESS));
  expect_reset();
  folder_.fill();
  start();
  EXPECT_THAT(client_->acquire({"GPIO17"}, driven_high()), RefusedFor("NotRecorded"));
  EXPECT_THAT(text_of(kGpio17), HasSubstr("input"));
  folder_.make_room();
  EXPECT_TRUE(
      eventually([&] { return client_->acquire({"GPIO17"}, driven_high()).error.empty(); }));
  EXPECT_THAT(text_of(kGpio17), HasSubstr("output-high"));
}

TEST_F(AFullFolder, IsForgottenOnceThereIsRoom) {
  EXPECT_THAT(client_->release(lease_), Succeeded());
  folder_.make_room();
  EXPECT_THAT(client_->acquire({"GPIO17", "EXP3"}, driven_high()), Succeeded());
  daemon_->process().signal(SIGKILL);
  daemon_->process().wait();
  start();
  expect_reset();
}

}  // namespace
}  // namespace gpiobroker::test
