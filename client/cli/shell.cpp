// SPDX-License-Identifier: LGPL-2.1-or-later
// Goes from parent to parent until it comes to a shell that reads commands.
#include "cli/shell.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 20> kShells{
    "ash",  "bash",  "bash-static", "zsh-static", "csh",  "dash", "elvish", "fish", "ksh",  "ksh93",
    "lksh", "loksh", "mksh",        "nu",         "oksh", "posh", "sh",     "tcsh", "yash", "zsh"};

/// Programs that run another and wait for it. Those that replace themselves, such as env and nice,
/// are not among the parents.
constexpr std::array<std::string_view, 10> kWrappers{
    "doas", "find", "flock", "ltrace", "runuser", "strace", "su", "sudo", "timeout", "xargs"};

bool is_one_of(Names names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// The name of the file in a word such as "/bin/sh", or "-bash" of a log-in.
std::string_view name_in(std::string_view word) {
  if (word.starts_with('-')) word.remove_prefix(1);
  return word.substr(word.rfind('/') + 1);
}

/// The program's name. One file may be many programs, as busybox is: then the first word tells.
bool is_program(Names names, const ProcessFacts& process) {
  if (is_one_of(names, process.program)) return true;
  const bool is_many = process.program == "busybox" || process.program == "toybox";
  return is_many && !process.arguments.empty() &&
         is_one_of(names, name_in(process.arguments.front()));
}

/// Of options that may stand together, as in "-ec", or take a word, as in "-o pipefail".
bool runs_one_command(const ProcessFacts& shell) {
  for (std::size_t i = 1; i < shell.arguments.size(); ++i) {
    const std::string_view word = shell.arguments[i];
    const bool is_option = word.size() > 1 && (word.front() == '-' || word.front() == '+');
    if (!is_option || word == "--") return false;
    const bool is_long = word.starts_with("--");
    if (word == "--command" || word.starts_with("--command=")) return true;
    if (!is_long && word.front() == '-' && word.contains('c')) return true;
    const bool takes_word = word == "--rcfile" || word == "--init-file" || word == "--init-command";
    if (takes_word || (!is_long && word.find_first_of("oO") != std::string_view::npos)) ++i;
  }
  return false;
}

std::string named(const ProcessFacts& process) {
  return "'" + process.program + "' (process " + std::to_string(process.pid) + ")";
}

[[noreturn]] void refuse(const std::string& why, const ProcessFacts& instead) {
  throw Error("NoShell", "--for-shell: " + why + "; name the process to live as long as by " +
                             "--for-process PID, such as --for-process " +
                             std::to_string(instead.pid) + ", or $$ in a script");
}

/// Finds the process of which this one is a copy.
ProcessFacts original_of(const ProcessFacts& copy, const std::optional<ProcessFacts>& parent) {
  if (parent && parent->program == copy.program && parent->arguments == copy.arguments) {
    return *parent;
  }
  refuse("the shell of this subshell, " + named(copy) + ", has ended", copy);
}

}  // namespace

std::int32_t find_shell(std::int32_t parent, const FindProcess& find) {
  auto process = find(parent);
  while (process) {
    const bool is_shell = is_program(kShells, *process);
    if (!is_shell && !is_program(kWrappers, *process)) {
      refuse("the lease would live as long as " + named(*process) + ", which is no shell",
             *process);
    }
    const auto above = find(process->parent);
    if (is_shell && !process->is_copy) {
      if (!runs_one_command(*process)) return process->pid;
      refuse("the lease would live as long as " + named(*process) +
                 ", a shell that was started for one command (-c)",
             *process);
    }
    process = is_shell ? original_of(*process, above) : above;
  }
  throw Error("NoShell",
              "--for-shell: the shell cannot be seen from here; name the process to live as long "
              "as by --for-process PID, such as $$ in a script");
}

}  // namespace gpiobroker::cli
