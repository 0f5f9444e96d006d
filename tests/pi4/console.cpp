// SPDX-License-Identifier: GPL-2.0-or-later
// Has the shell print a mark of its own after each command.
#include "pi4/console.h"

#include <stdexcept>

namespace gpiobroker::test {

void Console::await_shell() {
  (void)split_at("gpiobroker: the console is ready");
}

CommandResult Console::run(const std::string& command) {
  const std::string mark = "gpiobroker: end of command " + std::to_string(++commands_) + ": ";
  socket_.send("{ " + command + "\n} </dev/null 2>&1; printf '\\n" + mark + "%d\\n' $?");
  auto [output, status] = split_at(mark);
  while (output.ends_with('\n')) output.pop_back();
  return {.output = output, .status = std::stoi(status)};
}

std::pair<std::string, std::string> Console::split_at(const std::string& mark) {
  std::string before;
  try {
    std::string line = socket_.next();
    for (; !line.starts_with(mark); line = socket_.next()) before += line + '\n';
    return {before, line.substr(mark.size())};
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(before + "No '" + mark + "' from the machine: " + error.what());
  }
}

}  // namespace gpiobroker::test
