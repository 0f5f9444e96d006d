// SPDX-License-Identifier: GPL-2.0-or-later
// Output by way of a file, which takes as much as there is.
#include "harness/command.h"

#include <fstream>
#include <iterator>

#include "harness/temporary_folder.h"

namespace gpiobroker::test {

namespace {

CommandEnd run(Program program) {
  const TemporaryFolder folder;
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  const FileDescriptor file(checked(open(folder.file("output").c_str(), flags, 0600), "open"));
  program.streams = {.in = -1, .out = file.get(), .err = file.get()};
  const ProcessEnd end = Process(program).wait();
  std::ifstream output(folder.file("output"));
  return {.end = end, .output = {std::istreambuf_iterator<char>(output), {}}};
}

}  // namespace

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
