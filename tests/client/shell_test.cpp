// SPDX-License-Identifier: GPL-2.0-or-later
// Whose end `acquire --for-shell` waits for.
#include "cli/shell.h"

#include <map>

#include <gmock/gmock.h>

#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A family of processes, of which the last one runs the command.
class AShellThatIsMeant : public testing::Test {
 protected:
  void SetUp() override { run({"systemd"}); }

  void run(const std::vector<std::string>& words) { run(words.front(), words); }

  void run(const std::string& program, const std::vector<std::string>& words) {
    const std::int32_t parent = last_;
    last_ += 10;
    processes_[last_] = {.pid = last_, .parent = parent, .program = program, .arguments = words};
  }

  void fork() {
    ProcessFacts copy = processes_.at(last_);
    copy.parent = std::exchange(copy.pid, last_ + 10);
    copy.is_copy = true;
    last_ = copy.pid;
    processes_[last_] = copy;
  }

  void end(std::int32_t pid) {
    processes_.erase(pid);
    for (auto& [id, process] : processes_) {
      if (process.parent == pid) process.parent = kInit;
    }
  }

  [[nodiscard]] std::int32_t found() const {
    return find_shell(last_, [this](std::int32_t pid) {
      const auto process = processes_.find(pid);
      return process == processes_.end() ? std::nullopt : std::optional(process->second);
    });
  }

  [[nodiscard]] std::string refusal() const {
    try {
      return "found " + std::to_string(found());
    } catch (const Error& error) {
      EXPECT_EQ(error.reason(), "NoShell");
      return error.what();
    }
  }

  static constexpr std::int32_t kInit = 10;
  static constexpr std::int32_t kShell = 20;

 private:
  std::map<std::int32_t, ProcessFacts> processes_;
  std::int32_t last_ = 0;
};

TEST_F(AShellThatIsMeant, IsTheOneThatRunsTheCommand) {
  run("bash", {"-bash"});
  EXPECT_EQ(found(), kShell);
  run("dash", {"/bin/sh", "-eu", "./script", "-c"});
  EXPECT_EQ(found(), kShell + 10);
  run("bash", {"bash", "-o", "pipefail", "-e", "script"});
  EXPECT_EQ(found(), kShell + 20);
  run("busybox", {"-sh"});
  EXPECT_EQ(found(), kShell + 30);
}

TEST_F(AShellThatIsMeant, IsTheOneOfASubshell) {
  run({"bash"});
  fork();
  fork();
  EXPECT_EQ(found(), kShell);
}

TEST_F(AShellThatIsMeant, IsTheOneThatRunsProgramsThatRunTheCommand) {
  run({"zsh"});
  run({"sudo", "timeout", "9", "gpiobroker"});
  fork();
  run({"timeout", "9", "gpiobroker"});
  EXPECT_EQ(found(), kShell);
  run("busybox", {"xargs", "gpiobroker"});
  EXPECT_EQ(found(), kShell);
}

TEST_F(AShellThatIsMeant, IsNoneThatWasStartedForOneCommand) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"sh", "-c", "gpiobroker; true"},
                                             {"bash", "-o", "pipefail", "-lc", "gpiobroker; true"},
                                             {"fish", "--command=gpiobroker; true"},
                                             {"bash", "--norc", "-c", "gpiobroker; true"}}) {
    run(words);
    EXPECT_THAT(refusal(), AllOf(HasSubstr("'" + words.front() + "'"), HasSubstr("(-c)"),
                                 HasSubstr("--for-process")));
  }
}

TEST_F(AShellThatIsMeant, IsNoneWhereAnotherProgramRunsTheCommand) {
  EXPECT_THAT(refusal(), HasSubstr("'systemd' (process 10), which is no shell"));
  run({"bash"});
  run({"python3", "job.py"});
  EXPECT_THAT(refusal(), AllOf(HasSubstr("'python3' (process 30)"), HasSubstr("--for-process 30")));
  run({"sudo", "gpiobroker"});
  EXPECT_THAT(refusal(), HasSubstr("'python3' (process 30)"));
}

TEST_F(AShellThatIsMeant, IsNoneOnceTheShellOfASubshellHasEnded) {
  run({"bash", "script"});
  fork();
  end(kShell);
  EXPECT_THAT(refusal(), HasSubstr("the shell of this subshell, 'bash' (process 30), has ended"));
}

TEST_F(AShellThatIsMeant, IsNoneThatCannotBeSeen) {
  EXPECT_THROW((void)find_shell(0, [](std::int32_t) { return std::nullopt; }), Error);
}

TEST(TheFactsOfAProcess, AreTheKernels) {
  const auto facts = process_facts(getpid());
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->pid, getpid());
  EXPECT_EQ(facts->parent, getppid());
  EXPECT_EQ(facts->program, "gpiobroker-client-tests");
  EXPECT_FALSE(facts->arguments.empty());
  EXPECT_FALSE(facts->is_copy);
  EXPECT_FALSE(process_facts(0));
}

}  // namespace
}  // namespace gpiobroker::cli
