// SPDX-License-Identifier: GPL-2.0-or-later
// fork, exec and wait.
#include "harness/process.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "harness/eventually.h"
#include "harness/file_descriptor.h"

namespace gpiobroker::test {
namespace {

constexpr int kExecFailed = 127;

std::vector<char*> as_c_strings(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (const std::string& each : strings) pointers.push_back(const_cast<char*>(each.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

void give(int fd, int as) {
  if (fd != -1) checked(dup2(fd, as), "dup2");
}

void become(uid_t user) {
  checked(setgroups(0, nullptr), "setgroups");
  checked(setresgid(user, user, user), "setresgid");
  checked(setresuid(user, user, user), "setresuid");
}

/// Opened before the user changes: the build folder may be closed to it.
void execute(const Program& program) {
  const auto arguments = as_c_strings(program.command);
  if (!program.user) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(arguments[0], arguments.data());
    return;
  }
  const int file = checked(open(arguments[0], O_PATH | O_CLOEXEC), arguments[0]);
  become(*program.user);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // after the change of user, which would clear it
  fexecve(file, arguments.data(), environ);
}

[[noreturn]] void run_child(const Program& program) {
  try {
    std::signal(SIGPIPE, SIG_DFL);
    give(program.streams.in, STDIN_FILENO);
    give(program.streams.out, STDOUT_FILENO);
    give(program.streams.err, STDERR_FILENO);
    for (const std::string& each : program.environment) putenv(const_cast<char*>(each.c_str()));
    execute(program);
    checked(-1, program.command.front().c_str());
  } catch (const std::exception& error) {
    std::cerr << error.what() << std::endl;
  }
  _exit(kExecFailed);
}

ProcessEnd end_from(int wait_status) {
  return WIFEXITED(wait_status) ? exited(WEXITSTATUS(wait_status))
                                : killed_by(WTERMSIG(wait_status));
}

/// The letter for the state in /proc/PID/stat (proc_pid_stat(5)), after the command in brackets.
char state_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  const auto bracket = line.rfind(')');
  return bracket == std::string::npos ? ' ' : line.at(bracket + 2);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const ProcessEnd& end) {
  if (end.status) return out << "exited with status " << *end.status;
  return out << "killed by signal " << end.signal.value_or(0);
}

Process::Process(const Program& program) {
  Pipe started;  // its end in the child goes when the program takes the place of this one
  pid_ = checked(fork(), "fork");  // NOLINT(*-prefer-member-initializer): not before the pipe
  if (pid_ == 0) run_child(program);
  started.writer.close();
  char nothing = 0;
  checked(read(started.reader.get(), &nothing, 1), "read");
}

Process::~Process() {
  if (end_) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
  if (!end_) checked(kill(pid_, number), "kill");
}

void Process::stop() const {
  signal(SIGSTOP);
  if (!eventually([this] { return state_of(pid_) == 'T'; })) {
    throw std::runtime_error("a process does not stop");
  }
}

bool Process::has_ended() {
  int status = 0;
  if (!end_ && checked(waitpid(pid_, &status, WNOHANG), "waitpid") == pid_) end_ = end_from(status);
  return end_.has_value();
}

ProcessEnd Process::wait() {
  if (!eventually([this] { return has_ended(); })) {
    throw std::runtime_error("process " + std::to_string(pid_) + " does not end");
  }
  return *end_;
}

bool is_sleeping(pid_t pid) {
  return state_of(pid) == 'S';
}

std::string program_beside(const std::string& name) {
  return std::filesystem::read_symlink("/proc/self/exe").replace_filename(name);
}

}  // namespace gpiobroker::test
