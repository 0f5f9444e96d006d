// SPDX-License-Identifier: GPL-2.0-or-later
// What is believed of a process, and for how long.
#include "process/process_unit.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gpiobroker::bus {
namespace {

/// A child that waits to be killed, with a pidfd for it.
class AProcess : public testing::Test {
 protected:
  AProcess() : pid_(fork()) {
    if (pid_ == 0) {
      pause();
      _exit(0);
    }
    pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  }
  ~AProcess() override {
    close(pidfd_);
    kill();
    waitpid(pid_, nullptr, 0);
  }

  void kill() const { ::kill(pid_, SIGKILL); }

  void kill_and_reap() {
    kill();
    waitpid(pid_, nullptr, 0);
  }

  pid_t pid_;
  int pidfd_ = -1;
};

TEST_F(AProcess, IsKnownByItsPidfd) {
  ASSERT_GE(pidfd_, 0);
  EXPECT_EQ(pid_of(pidfd_), pid_);
}

TEST_F(AProcess, HasTheUnitThatItsControlGroupTells) {
  EXPECT_EQ(unit_of(pidfd_), unit_of_pid(pid_));
}

TEST_F(AProcess, HasNoUnitOnceItHasEnded) {
  kill();
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  EXPECT_FALSE(unit_of(pidfd_));
}

TEST_F(AProcess, IsNotKnownOnceItIsGone) {
  kill_and_reap();
  EXPECT_FALSE(pid_of(pidfd_));
  EXPECT_FALSE(unit_of(pidfd_));
}

TEST(AFileThatIsNoProcess, IsNotTakenForOne) {
  EXPECT_FALSE(pid_of(STDIN_FILENO));
  EXPECT_FALSE(unit_of(-1));
}

}  // namespace
}  // namespace gpiobroker::bus
