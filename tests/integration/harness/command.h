// SPDX-License-Identifier: GPL-2.0-or-later
// A program that runs to its end, and what it said.
#pragma once

#include <string>
#include <vector>

#include "harness/file_descriptor.h"
#include "harness/process.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {

/// Takes what a program writes to standard output and standard error, as much as there is.
class Output {
 public:
  Output();

  [[nodiscard]] Streams streams() const {
    return {.in = -1, .out = file_.get(), .err = file_.get()};
  }

  [[nodiscard]] std::string text() const;

 private:
  TemporaryFolder folder_;
  FileDescriptor file_;
};

struct CommandEnd {
  ProcessEnd end;
  std::string output;  ///< standard output and standard error, as they came
};

/// Runs a program that was built beside this one, in the test's own name.
[[nodiscard]] CommandEnd run_command(const std::string& name,
                                     const std::vector<std::string>& arguments);

/// Runs a script in a shell, as a user.
[[nodiscard]] CommandEnd run_script(const std::string& script, uid_t user);

}  // namespace gpiobroker::test
