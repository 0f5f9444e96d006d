// SPDX-License-Identifier: GPL-2.0-or-later
// Which of two things that are to be done goes first.
#include "loop/next_turn.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "loop/read_watch.h"
#include "loop/timer.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;

/// A descriptor with three things to read, and work that ends the loop.
class WorkForALaterTurn : public testing::Test {
 protected:
  ~WorkForALaterTurn() override { ::close(fd_); }

  void read_one() {
    std::uint64_t one = 0;
    EXPECT_EQ(::read(fd_, &one, sizeof one), static_cast<ssize_t>(sizeof one));
    happened_.emplace_back("read");
  }

  void work() {
    happened_.emplace_back("work");
    loop_.exit(0);
  }

  std::vector<std::string> happened_;
  int fd_ = ::eventfd(3, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
  loop::EventLoop loop_;
  loop::ReadWatch watch_{loop_, fd_, [this] { read_one(); }};
};

TEST_F(WorkForALaterTurn, ThatComesAfterOthersWaitsUntilAllIsRead) {
  loop::NextTurn late(
      loop_, [this] { work(); }, loop::NextTurn::Rank::after_others);
  late.request();
  loop_.run();
  EXPECT_THAT(happened_, ElementsAre("read", "read", "read", "work"));
}

TEST_F(WorkForALaterTurn, ThatComesAfterOthersWaitsForTimersThatAreDue) {
  loop::NextTurn late(
      loop_, [this] { work(); }, loop::NextTurn::Rank::after_others);
  loop::Timer timer(loop_, [this] { happened_.emplace_back("timer"); });
  timer.set(loop_.now());
  late.request();
  loop_.run();
  EXPECT_EQ(happened_.front(), "timer");
}

TEST_F(WorkForALaterTurn, DoesNotWaitWhereItComesBeforeOthers) {
  loop::NextTurn next(loop_, [this] { work(); });
  next.request();
  loop_.run();
  EXPECT_THAT(happened_, ElementsAre("work"));
}

TEST(TheNextTurn, IsAnotherThanThatAfterTheLoopHasWaited) {
  loop::EventLoop loop;
  std::vector<std::optional<std::uint64_t>> turns;
  loop::NextTurn next(loop, [&] { turns.push_back(loop.turn()); });
  loop::Timer timer(loop, [&] {
    turns.push_back(loop.turn());
    loop.exit(0);
  });
  timer.set(loop.now() + std::chrono::milliseconds(20));
  next.request();
  loop.run();
  ASSERT_EQ(turns.size(), 2U);
  EXPECT_NE(turns.front(), turns.back()) << "much may have happened in between";
}

}  // namespace
}  // namespace gpiobroker::test
