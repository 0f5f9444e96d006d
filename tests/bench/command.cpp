// SPDX-License-Identifier: GPL-2.0-or-later
// Starts by posix_spawn, which copies nothing of this process.
#include "command.h"

#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gpiobroker::bench {
namespace {

std::vector<char*> pointers_to(Words& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

Words environment_and(const Words& variables) {
  Words all = variables;
  for (char** variable = environ; *variable != nullptr; ++variable) all.emplace_back(*variable);
  return all;
}

}  // namespace

std::string program_beside(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

pid_t start(const Words& command, const Words& variables) {
  Words words = command;
  Words environment = environment_and(variables);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  const int failed = posix_spawnp(&pid, words.front().c_str(), &actions, nullptr,
                                  pointers_to(words).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + command.front());
  return pid;
}

void run(const Words& command) {
  int status = 0;
  waitpid(start(command), &status, 0);
  if (status != 0) throw std::runtime_error(command.front() + " failed");
}

}  // namespace gpiobroker::bench
