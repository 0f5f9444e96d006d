// SPDX-License-Identifier: LGPL-2.1-or-later
// A command that runs as long as this process does.
#pragma once

#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/file_descriptor.h"

namespace gpiobroker::cli {

/// A command that could not be started, with the exit status that a shell gives for that.
class CannotRun : public std::runtime_error {
 public:
  CannotRun(const std::string& command, int error);

  [[nodiscard]] int exit_status() const { return exit_status_; }

 private:
  int exit_status_;
};

/// Inherits standard streams, environment and one more file, and no other: above all not the
/// connection to the bus, on which it could be taken for this process.
///
/// The kernel kills the command (SIGKILL, so that it cannot go on without its lines) if this
/// process is gone before it. What the command started itself is not killed.
class Child {
 public:
  /// Starts the command, looked up in PATH, with this signal mask and this file. Throws CannotRun.
  Child(const std::vector<std::string>& command, const sigset_t& mask, int file);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() = default;

  /// Can be read from when the command has ended.
  [[nodiscard]] int fd() const { return pidfd_.get(); }

  void send(int signal) const { kill(pid_, signal); }

  /// The exit status if it has ended, 128 and the signal's number if a signal ended it.
  [[nodiscard]] std::optional<int> exit_status() const;

 private:
  pid_t pid_;
  FileDescriptor pidfd_;
};

}  // namespace gpiobroker::cli
