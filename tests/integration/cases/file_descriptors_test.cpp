// SPDX-License-Identifier: GPL-2.0-or-later
// A broker that can open nothing more: it refuses, and keeps what it promised.
#include <optional>

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

/// Few more than it has open, and somebody else has a lease.
class ABrokerWithFewFileDescriptors : public BrokerTest {
 protected:
  ABrokerWithFewFileDescriptors() {
    checked(pipe2(pipe_, 0), "pipe2");  // the greedy client inherits it
    greedy_.emplace(bus_.address(), client_user());
    EXPECT_THAT(holder_.acquire({"GPIO27"}, driven_high()), Succeeded());
    const rlimit few{.rlim_cur = kFew, .rlim_max = kFew};
    checked(prlimit(daemon_.process().pid(), RLIMIT_NOFILE, &few, nullptr), "prlimit");
  }
  ~ABrokerWithFewFileDescriptors() override {
    close(pipe_[0]);
    close(pipe_[1]);
  }

  /// A request for GPIO27 with a descriptor in it.
  [[nodiscard]] Settings with_descriptor(const std::string& key, const Json& value) const {
    return {{"fd", v("h", pipe_[0])}, {key, value}};
  }

  /// For longer than there are descriptors.
  template <class Deed>
  static void again_and_again(Deed deed) {
    for (rlim_t i = 0; i < 2 * kFew; ++i) deed();
  }

  /// It has not given up the connection, and has room for what others send.
  void expect_to_be_served() {
    EXPECT_TRUE(pin(kGpio27).driven);
    EXPECT_THAT(holder_.release_lines({}), Succeeded());
    EXPECT_TRUE(is_safe(kGpio27));
  }

  static constexpr rlim_t kFew = 64;

  int pipe_[2] = {-1, -1};
  ClientProcess holder_ = client();
  std::optional<ClientProcess> greedy_;
};

TEST_F(ABrokerWithFewFileDescriptors, KeepsSomeForTheNextMessageWhoeverTakesLeasesWithDescriptors) {
  const Settings observing = with_descriptor("access", v("s", "observe"));
  EXPECT_THAT(greedy_->acquire({"GPIO27"}, observing), Succeeded());
  again_and_again([&] { (void)greedy_->acquire({"GPIO27"}, observing); });
  EXPECT_THAT(greedy_->acquire({"GPIO27"}, observing), RefusedFor("QuotaExceeded"));
  expect_to_be_served();
}

TEST_F(ABrokerWithFewFileDescriptors, KeepsSomeForTheNextMessageWhoeverWaitsWithDescriptors) {
  const Settings waiting = with_descriptor("wait-ms", v("u", 60'000));
  rlim_t number = 0;  // of lines that no two requests have alike
  again_and_again([&] {
    const std::string own = "gpiochip0:" + std::to_string(number % 26);
    const std::string shared = "gpiochip0:" + std::to_string(28 + number++ / 26);
    greedy_->send(acquiring({"GPIO27", own, shared}, waiting));
  });
  // Which of them are refused depends on how many come at once.
  EXPECT_TRUE(eventually(
      [this] { return daemon_.log().find("no file descriptors to spare") != std::string::npos; }));
  expect_to_be_served();
}

}  // namespace
}  // namespace gpiobroker::test
