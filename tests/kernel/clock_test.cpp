// SPDX-License-Identifier: GPL-2.0-or-later
// The clock of the machine is set, and the bus stands still: time goes on all the same.
#include <ctime>

#include "harness/broker_test.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// A lease for an hour, and leases for a moment beside it.
class ALeaseForATime : public BrokerTest {
 protected:
  ALeaseForATime() { EXPECT_THAT(acquire("GPIO17", hours(1)), Succeeded()); }
  ~ALeaseForATime() override { set_clock(-moved_); }

  Reply acquire(const std::string& name, std::chrono::milliseconds time) {
    Settings settings = driven_high();
    settings["ttl-ms"] = v("u", time.count());
    return client_.acquire({name}, settings);
  }

  /// From now on it is earlier or later than it was.
  void set_clock(seconds by) {
    timespec time{};
    checked(clock_gettime(CLOCK_REALTIME, &time), "clock_gettime");
    time.tv_sec += by.count();
    checked(clock_settime(CLOCK_REALTIME, &time), "clock_settime");
    moved_ += by;
  }

  /// Acquires a line for a moment, which it must not outlast, while the other lease goes on.
  void expect_time_to_go_on(seconds jump) {
    ASSERT_THAT(acquire("EXP3", std::chrono::milliseconds(300)), Succeeded());
    ASSERT_TRUE(is_driven(*board_, kExp3));
    set_clock(jump);
    EXPECT_TRUE(eventually([this] { return !is_driven(*board_, kExp3); })) << "it lives on";
    EXPECT_TRUE(is_driven(*board_, kGpio17)) << "it ended early";
  }

  ClientProcess client_ = client();
  seconds moved_{0};
};

TEST_F(ALeaseForATime, DoesNotEndEarlyWhenTheClockIsPutForward) {
  expect_time_to_go_on(hours(24));
}

TEST_F(ALeaseForATime, DoesNotLiveOnWhenTheClockIsPutBack) {
  expect_time_to_go_on(-hours(24));
}

TEST_F(ALeaseForATime, EndsOnTimeWhileTheBusStandsStill) {
  Settings settings = driven_high();
  settings["heartbeat-ms"] = v("u", 300);
  ASSERT_THAT(client_.acquire({"GPIO27"}, settings), Succeeded());
  bus_.stop();
  EXPECT_TRUE(eventually([this] { return !is_driven(*board_, kGpio27); }));
  EXPECT_TRUE(is_driven(*board_, kGpio17));
  bus_.go_on();
  EXPECT_TRUE(eventually([this] { return line("GPIO27").at("State") == "free"; }));
  EXPECT_THAT(client_.acquire({"GPIO27"}, driven_high()), Succeeded());
}

}  // namespace
}  // namespace gpiobroker::test
