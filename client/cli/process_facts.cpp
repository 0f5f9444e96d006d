// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads proc_pid_stat(5), proc_pid_cmdline(5) and proc_pid_exe(5).
#include "cli/process_facts.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace gpiobroker::cli {
namespace {

std::string file_of(std::int32_t pid, const char* name) {
  return "/proc/" + std::to_string(pid) + '/' + name;
}

std::string text_of(std::int32_t pid, const char* name) {
  std::ifstream file(file_of(pid, name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> arguments_of(std::int32_t pid) {
  std::vector<std::string> arguments;
  std::istringstream words(text_of(pid, "cmdline"));
  for (std::string word; std::getline(words, word, '\0');) arguments.push_back(word);
  return arguments;
}

/// The kernel does not show the file of another user's process. It adds "(deleted)" to the name of
/// a file that was updated meanwhile.
std::string program_of(std::int32_t pid, const std::string& command) {
  std::error_code hidden;
  const auto file = std::filesystem::read_symlink(file_of(pid, "exe"), hidden);
  const std::string name = file.filename();
  return hidden ? command : name.substr(0, name.find(' '));
}

}  // namespace

std::optional<ProcessFacts> process_facts(std::int32_t pid) {
  constexpr unsigned kForkedAndNotExecuted = 0x40;  // PF_FORKNOEXEC of include/linux/sched.h
  const std::string stat = text_of(pid, "stat");
  const auto open = stat.find('(');
  const auto close = stat.rfind(')');  // a command may have brackets in its name
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  ProcessFacts facts;
  facts.pid = pid;
  std::istringstream fields(stat.substr(close + 1));
  char state = ' ';
  int group = 0;
  int session = 0;
  int terminal = 0;
  int terminal_group = 0;
  unsigned flags = 0;
  fields >> state >> facts.parent >> group >> session >> terminal >> terminal_group >> flags;
  if (!fields) return std::nullopt;
  facts.program = program_of(pid, stat.substr(open + 1, close - open - 1));
  facts.arguments = arguments_of(pid);
  facts.is_copy = (flags & kForkedAndNotExecuted) != 0;
  return facts;
}

}  // namespace gpiobroker::cli
