// SPDX-License-Identifier: GPL-2.0-or-later
// The machine's serial line, with a root shell at its other end (gpiobroker-console.service).
#pragma once

#include <string>

#include "pi4/line_socket.h"

namespace gpiobroker::test {

/// What a shell command printed, on either stream, and its exit status.
struct CommandResult {
  std::string output;
  int status;
};

class Console {
 public:
  explicit Console(const std::string& path) : socket_(path) {}

  /// Waits until the machine is up.
  void await_shell();

  /// Runs a command in the shell; what it starts in the background goes on.
  CommandResult run(const std::string& command);

 private:
  /// All that comes before a line that starts with the mark, and what follows the mark.
  std::pair<std::string, std::string> split_at(const std::string& mark);

  LineSocket socket_;
  unsigned commands_ = 0;
};

}  // namespace gpiobroker::test
