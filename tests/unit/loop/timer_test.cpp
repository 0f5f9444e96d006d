// SPDX-License-Identifier: GPL-2.0-or-later
// Which of two things that are due at once goes first.
#include "loop/timer.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "loop/read_watch.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;

/// A descriptor with three things to read, and timers that are due.
class ADueTimer : public testing::Test {
 protected:
  ADueTimer() { timer_.set(loop_.now()); }
  ~ADueTimer() override { ::close(fd_); }

  void read_one() {
    std::uint64_t one = 0;
    EXPECT_EQ(::read(fd_, &one, sizeof one), static_cast<ssize_t>(sizeof one));
    happened_.emplace_back("read");
  }

  std::vector<std::string> happened_;
  int fd_ = ::eventfd(3, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
  loop::EventLoop loop_;
  loop::ReadWatch watch_{loop_, fd_, [this] { read_one(); }};
  loop::Timer timer_{loop_,
                     [this] {
                       happened_.emplace_back("timer");
                       loop_.exit(0);
                     },
                     loop::Timer::Rank::after_others};
};

TEST_F(ADueTimer, ThatComesAfterOthersWaitsUntilAllIsRead) {
  loop_.run();
  EXPECT_THAT(happened_, ElementsAre("read", "read", "read", "timer"));
}

TEST_F(ADueTimer, ThatComesWithOthersDoesNotWait) {
  loop::Timer other(loop_, [this] {
    happened_.emplace_back("other");
    loop_.exit(0);
  });
  other.set(loop_.now());
  loop_.run();
  EXPECT_EQ(happened_.front(), "other");
}

}  // namespace
}  // namespace gpiobroker::test
