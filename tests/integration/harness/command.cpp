// SPDX-License-Identifier: GPL-2.0-or-later
// Output by way of a file, which takes as much as there is.
#include "harness/command.h"

#include <fstream>
#include <iterator>

#include "harness/temporary_folder.h"

namespace gpiobroker::test {

CommandEnd run_command(const std::string& name, const std::vector<std::string>& arguments) {
  const TemporaryFolder folder;
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  const FileDescriptor file(checked(open(folder.file("output").c_str(), flags, 0600), "open"));
  Program program{.command = {program_beside(name)},
                  .environment = {},
                  .user = {},
                  .streams = {.in = -1, .out = file.get(), .err = file.get()}};
  program.command.insert(program.command.end(), arguments.begin(), arguments.end());
  const ProcessEnd end = Process(program).wait();
  std::ifstream output(folder.file("output"));
  return {.end = end, .output = {std::istreambuf_iterator<char>(output), {}}};
}

}  // namespace gpiobroker::test
