// SPDX-License-Identifier: GPL-2.0-or-later
// Starting and ending the process.
#include "victim.h"

#include <array>
#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"

namespace gpiobroker::bench {
namespace {

pid_t spawn_with_output(const std::string& program, std::array<char*, 4> arguments, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t pid = -1;
  const int failed =
      posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + program);
  return pid;
}

std::string read_name(int output) {
  std::array<char, 64> text{};
  const auto got = read(output, text.data(), text.size());
  if (got <= 0) throw std::runtime_error("the victim did not get its line");
  return {text.data(), static_cast<std::size_t>(got)};
}

}  // namespace

Victim::Victim(const std::string& address, const std::string& line) {
  std::array<int, 2> output{};
  if (pipe2(output.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  output_ = output[0];
  std::string program = program_beside("gpiobroker-bench-victim");
  std::string address_argument = address;
  std::string line_argument = line;
  pid_ = spawn_with_output(
      program, {program.data(), address_argument.data(), line_argument.data(), nullptr}, output[1]);
  close(output[1]);
  name_ = read_name(output_);
}

Victim::~Victim() {
  kill();
  waitpid(pid_, nullptr, 0);
  close(output_);
}

void Victim::kill() const {
  ::kill(pid_, SIGKILL);
}

void Victim::wait_closed() const {
  char byte = 0;
  while (read(output_, &byte, 1) > 0) {
  }
}

}  // namespace gpiobroker::bench
