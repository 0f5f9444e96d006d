// SPDX-License-Identifier: LGPL-2.1-or-later
// Starts the command by fork(2); a pipe tells whether exec(2) worked.
#include "cli/child.h"

#include <cstring>
#include <tuple>

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "cli/exit_status.h"

namespace gpiobroker::cli {
namespace {

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  // exec(2) changes no argument, but was declared before there was a const.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

/// The kernel tells of the parent's death from here on. Had it died before, the parent would be
/// another process by now.
void die_with(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(kFailed);
}

/// Runs in the child, between fork and exec, and never returns. The pipe closes with exec, or
/// carries the errno of an exec that failed.
[[noreturn]] void become(char* const* arguments, const sigset_t& mask, int file, pid_t parent,
                         int pipe) {
  die_with(parent);
  fcntl(file, F_SETFD, 0);  // not to be closed by exec
  sigprocmask(SIG_SETMASK, &mask, nullptr);
  execvp(arguments[0], arguments);
  const int error = errno;
  std::ignore = write(pipe, &error, sizeof error);
  _exit(kNotFound);
}

/// Calls the kernel directly: glibc 2.36 has pidfd_open(), but its header forgets the extern "C".
FileDescriptor open_pidfd(pid_t pid) {
  const auto fd = syscall(SYS_pidfd_open, pid, 0);
  return FileDescriptor(checked(static_cast<int>(fd), "cannot watch a process"));
}

pid_t start(const std::vector<std::string>& command, const sigset_t& mask, int file) {
  // The parent's own parent may have left SIGCHLD ignored; then there is no exit status to be had.
  std::ignore = signal(SIGCHLD, SIG_DFL);
  const auto arguments = arguments_of(command);
  const pid_t parent = getpid();
  Pipe failure;
  const pid_t pid = checked(fork(), "cannot fork");
  if (pid == 0) become(arguments.data(), mask, file, parent, failure.writer.get());
  failure.writer.close();
  int error = 0;
  if (read(failure.reader.get(), &error, sizeof error) != sizeof error) return pid;
  waitpid(pid, nullptr, 0);
  throw CannotRun(command.front(), error);
}

}  // namespace

CannotRun::CannotRun(const std::string& command, int error)
    : std::runtime_error("cannot run '" + command + "': " + std::strerror(error)),
      exit_status_(error == ENOENT ? kNotFound : kCannotRun) {}

Child::Child(const std::vector<std::string>& command, const sigset_t& mask, int file)
    : pid_(start(command, mask, file)), pidfd_(open_pidfd(pid_)) {}

std::optional<int> Child::exit_status() const {
  siginfo_t info{};
  // WNOWAIT leaves the zombie there: as long as it is, no other process gets the id that send()
  // uses.
  checked(waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED | WNOHANG | WNOWAIT),
          "cannot wait for the command");
  if (info.si_pid == 0) return std::nullopt;
  return info.si_code == CLD_EXITED ? info.si_status : kSignalled + info.si_status;
}

}  // namespace gpiobroker::cli
