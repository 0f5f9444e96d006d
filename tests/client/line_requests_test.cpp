// SPDX-License-Identifier: GPL-2.0-or-later
// Descriptors that are let go of while others use them; pipes stand for requests to the kernel.
#include "src/line_requests.h"

#include <array>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gpiobroker/error.h"

namespace gpiobroker::detail {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kForEver{-1};

class TheLineRequests : public testing::Test {
 protected:
  TheLineRequests() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    number_ = ends[0];
    writer_.reset(ends[1], sdbus::adopt_fd);
    std::vector<sdbus::UnixFd> descriptors;
    descriptors.emplace_back(number_, sdbus::adopt_fd);
    requests_.emplace(std::move(descriptors));
  }

  [[nodiscard]] bool is_readable() const {
    pollfd events{.fd = requests_->descriptor(), .events = POLLIN, .revents = 0};
    return poll(&events, 1, 0) == 1;
  }

  /// Whether nobody has the reading end any more.
  [[nodiscard]] bool is_closed() const {
    pollfd writer{.fd = writer_.get(), .events = 0, .revents = 0};
    return poll(&writer, 1, 0) == 1 && (writer.revents & POLLERR) != 0;
  }

  void write_event() {
    const gpio_v2_line_event event{};
    EXPECT_EQ(write(writer_.get(), &event, sizeof event), ssize_t{sizeof event});
  }

  std::string failure_of(const std::function<void()>& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.reason();
    }
    return "";
  }

  const Error over_{kNoSuchLease, "over"};
  int number_ = -1;
  sdbus::UnixFd writer_;
  std::optional<LineRequests> requests_;
};

TEST_F(TheLineRequests, AreReadWithoutWaiting) {
  std::array<gpio_v2_line_event, 2> room{};
  EXPECT_EQ(requests_->read(0, room), 0U);
  EXPECT_FALSE(is_readable());
  write_event();
  EXPECT_TRUE(is_readable());
  EXPECT_NO_THROW(requests_->wait(kForEver));
  EXPECT_EQ(requests_->read(0, room), 1U);
  EXPECT_NO_THROW(requests_->wait(milliseconds(1)));
}

TEST_F(TheLineRequests, SayWhyACallFailed) {
  EXPECT_EQ(failure_of([&] { requests_->set(0, 1, 1); }), "HardwareFailure");
}

TEST_F(TheLineRequests, AreClosedWhenTheyAreLetGoOfAndTheirNumbersStayTaken) {
  requests_->let_go(over_);
  EXPECT_TRUE(is_closed());
  EXPECT_NE(fcntl(number_, F_GETFD), -1);
  EXPECT_EQ(fcntl(number_, F_GETFD), FD_CLOEXEC);
}

TEST_F(TheLineRequests, FailAfterThatWithWhatTheyWereLetGoFor) {
  write_event();
  requests_->let_go(over_);
  requests_->let_go(Error(kDisconnected, "told too late"));
  std::array<gpio_v2_line_event, 1> room{};
  EXPECT_EQ(failure_of([&] { requests_->set(0, 1, 1); }), kNoSuchLease);
  EXPECT_EQ(failure_of([&] { (void)requests_->get(0, 1); }), kNoSuchLease);
  EXPECT_EQ(failure_of([&] { requests_->configure(0, {}); }), kNoSuchLease);
  EXPECT_EQ(failure_of([&] { (void)requests_->read(0, room); }), kNoSuchLease);
  EXPECT_EQ(failure_of([&] { requests_->wait(kForEver); }), kNoSuchLease);
  EXPECT_EQ(failure_of([&] { requests_->check(); }), kNoSuchLease);
  EXPECT_TRUE(is_readable());
}

TEST_F(TheLineRequests, WakeUpAllWhoWaitForThem) {
  constexpr std::size_t kWaiters = 4;
  std::array<std::string, kWaiters> heard;
  std::vector<std::thread> waiters;
  for (std::string& reason : heard) {
    waiters.emplace_back([&] {
      reason = failure_of([&] {
        for (;;) requests_->wait(kForEver);
      });
    });
  }
  requests_->let_go(over_);
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_THAT(heard, testing::Each(kNoSuchLease));
  EXPECT_TRUE(is_closed());
}

TEST_F(TheLineRequests, TellOfNoEventsAfterTheirEndThatABrokerCouldReadStill) {
  const sdbus::UnixFd brokers(number_);
  requests_->let_go(over_);
  write_event();
  gpio_v2_line_event event{};
  EXPECT_EQ(read(brokers.get(), &event, sizeof event), ssize_t{sizeof event});
}

TEST_F(TheLineRequests, StayTheParentsWhenAChildLetsGoOfThem) {
  const pid_t child = fork();
  if (child == 0) {
    requests_->let_go(over_);
    _exit(EXIT_SUCCESS);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_FALSE(is_readable()) << "of an end that is the child's alone";
  write_event();
  EXPECT_TRUE(is_readable());
  EXPECT_NO_THROW(requests_->check());
}

}  // namespace
}  // namespace gpiobroker::detail
