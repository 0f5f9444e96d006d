// SPDX-License-Identifier: GPL-2.0-or-later
// Edges under the installed bus policy, which lets the broker ask a client whether it has read
// them.
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/client_process.h"
#include "harness/eventually.h"
#include "support/gpio_sim.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

class AButtonOnTheSystemBus : public testing::Test {
 protected:
  AButtonOnTheSystemBus() {
    service_.start();
    chip_.emplace(GpioSim::Setup{.label = "usb-gpio", .names = {"BUTTON"}});
    reader_.emplace(kSystemBus, kRoot);
    observer_.emplace(kSystemBus, kRoot);
    EXPECT_TRUE(eventually([&] { return !acquire().empty(); }));
  }
  ~AButtonOnTheSystemBus() override { service_.stop(); }

  /// Empty until the broker has found the chip.
  std::string acquire() {
    const Reply reply = reader_->acquire({"BUTTON"}, {{"direction", v("s", "input")},
                                                      {"edge", v("s", "both")},
                                                      {"event-buffer-size", v("u", 1)}});
    if (reply.error.empty()) lease_ = reply.values.at(0);
    return lease_;
  }

  void press() { chip_->pull(core::Offset{0}, high_ = !high_); }

  Json lost() {
    return observer_
        ->call({.path = lease_,
                .interface = kProperties,
                .member = "Get",
                .signature = "ss",
                .arguments = Json::array({kLease, "EdgesLost"})})
        .values.at(0);
  }

  Service service_;
  std::optional<GpioSim> chip_;
  std::optional<ClientProcess> reader_;  // looks at what has come to it only when it is told to
  std::optional<ClientProcess> observer_;
  std::string lease_;
  bool high_ = false;
};

TEST_F(AButtonOnTheSystemBus, IsLostToWhoeverDoesNotReadAndNotSentOnAndOn) {
  EXPECT_THAT(reader_->call(on_lease(lease_, "WatchEdges", "", Json::array())), Succeeded());
  EXPECT_TRUE(eventually([&] {
    press();
    return lost().dump().find("BUTTON") != std::string::npos;
  }));
}

TEST_F(AButtonOnTheSystemBus, IsSentOnAndOnToWhoeverReads) {
  reader_->watch("type='signal',interface='org.gpiobroker1.Lease',member='EdgesSeen'");
  EXPECT_THAT(reader_->call(on_lease(lease_, "WatchEdges", "", Json::array())), Succeeded());
  std::size_t signals = 0;
  EXPECT_TRUE(eventually([&] {
    press();
    signals += reader_->signals().size();
    return signals >= 3;
  }));
}

}  // namespace
}  // namespace gpiobroker::test
