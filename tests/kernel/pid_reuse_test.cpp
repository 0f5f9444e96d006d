// SPDX-License-Identifier: GPL-2.0-or-later
// A process's number is given to another one as soon as it has ended.
#include <fstream>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

/// So few numbers that the kernel comes round to one in no time; the machine is the test's own.
class FewPids {
 public:
  FewPids() { write("400"); }
  FewPids(const FewPids&) = delete;
  FewPids& operator=(const FewPids&) = delete;
  ~FewPids() { write("32768"); }

 private:
  static void write(const char* most) { std::ofstream("/proc/sys/kernel/pid_max") << most; }
};

class APidThatIsUsedAgain : public BrokerTest {
 protected:
  static std::unique_ptr<Process> sleeper() {
    return std::make_unique<Process>(Program{.command = {"/bin/sleep", "infinity"},
                                             .environment = {},
                                             .user = client_user(),
                                             .streams = {}});
  }

  /// One whose number the kernel gives away again: those below 300 it does not, once it has come to
  /// the end of all (RESERVED_PIDS, kernel/pid.c).
  static std::unique_ptr<Process> sleeper_with_an_ordinary_pid() {
    auto process = sleeper();
    while (process->pid() <= 300) process = sleeper();
    return process;
  }

  /// Another process with that number, or nothing if the kernel never came round to it.
  static std::unique_ptr<Process> another_with(pid_t pid) {
    for (int i = 0; i < 1000; ++i) {
      auto process = sleeper();
      if (process->pid() == pid) return process;
    }
    return nullptr;
  }

  FewPids few_;
};

TEST_F(APidThatIsUsedAgain, DoesNotProlongALease) {
  auto process = sleeper_with_an_ordinary_pid();
  const pid_t pid = process->pid();
  ClientProcess holder = client();
  Settings settings = driven_high();
  settings["process"] = v("u", pid);
  ASSERT_THAT(holder.acquire({"GPIO17"}, settings), Succeeded());
  daemon_.process().stop();  // so that it sees nothing of what is done in between
  process.reset();
  const auto other = another_with(pid);
  ASSERT_NE(other, nullptr);
  daemon_.process().go_on();
  EXPECT_TRUE(eventually([this] { return is_safe(kGpio17) && lease_paths().empty(); }));
  EXPECT_FALSE(other->has_ended());
}

}  // namespace
}  // namespace gpiobroker::test
