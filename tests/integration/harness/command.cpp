// SPDX-License-Identifier: GPL-2.0-or-later
// Output by way of a file.
#include "harness/command.h"

#include <fstream>
#include <iterator>

namespace gpiobroker::test {

namespace {

constexpr const char* kOutput = "output";

CommandEnd run(Program program) {
  const Output output;
  program.streams = output.streams();
  const ProcessEnd end = Process(program).wait();
  return {.end = end, .output = output.text()};
}

}  // namespace

Output::Output()
    : file_(checked(
          open(folder_.file(kOutput).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600),
          "open")) {}

std::string Output::text() const {
  std::ifstream output(folder_.file(kOutput));
  return {std::istreambuf_iterator<char>(output), {}};
}

CommandEnd run_command(const std::string& name, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{program_beside(name)};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run({.command = command, .environment = {}, .user = {}, .streams = {}});
}

CommandEnd run_script(const std::string& script, uid_t user) {
  return run({.command = {"/bin/sh", "-eu", "-c", script},
              .environment = {},
              .user = user,
              .streams = {}});
}

}  // namespace gpiobroker::test
