// SPDX-License-Identifier: GPL-2.0-or-later
// A broker that can open nothing more: it refuses, and keeps what it promised.
#include <sys/resource.h>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

/// It has given out a lease before that.
class ABrokerWithoutFileDescriptors : public BrokerTest {
 protected:
  ABrokerWithoutFileDescriptors() {
    EXPECT_EQ(prlimit(daemon_.process().pid(), RLIMIT_NOFILE, nullptr, &usual_), 0);
    limit({.rlim_cur = kStandardStreams, .rlim_max = usual_.rlim_max});
  }

  void limit(const rlimit& to) {
    EXPECT_EQ(prlimit(daemon_.process().pid(), RLIMIT_NOFILE, &to, nullptr), 0);
  }

  /// Once there are descriptors again, all is as it was before.
  void expect_recovery() {
    limit(usual_);
    ClientProcess next = client();
    EXPECT_THAT(next.acquire({"GPIO17"}, driven_high()), Succeeded());
    EXPECT_TRUE(pin(kGpio17).driven);
  }

  static constexpr rlim_t kStandardStreams = 3;

  ClientProcess holder_ = client();
  std::string lease_ = lease_in(holder_.acquire({"GPIO27", "EXP3"}, driven_high()));
  rlimit usual_{};
};

TEST_F(ABrokerWithoutFileDescriptors, RefusesLeasesAndDrivesNothing) {
  EXPECT_THAT(holder_.acquire({"GPIO17"}, driven_high()), testing::Not(Succeeded()));
  EXPECT_FALSE(pin(kGpio17).driven);
  expect_recovery();
}

TEST_F(ABrokerWithoutFileDescriptors, ServesThoseWhoHaveALease) {
  EXPECT_THAT(holder_.set_values(lease_, {{"GPIO27", 0}}), Succeeded());
  EXPECT_FALSE(pin(kGpio27).high);
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_TRUE(is_safe(kGpio27) && is_safe(kExp3));
  expect_recovery();
}

TEST_F(ABrokerWithoutFileDescriptors, ResetsTheLinesOfADeadClient) {
  holder_.kill();
  wait_for_goodbye(holder_);
  EXPECT_TRUE(is_safe(kGpio27) && is_safe(kExp3));
  expect_recovery();
}

}  // namespace
}  // namespace gpiobroker::test
