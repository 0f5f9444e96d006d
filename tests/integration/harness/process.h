// SPDX-License-Identifier: GPL-2.0-or-later
// A program that runs as a child of the test, and how it ends.
#pragma once

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace gpiobroker::test {

/// How a process ended: by itself with a status, or by a signal.
struct ProcessEnd {
  std::optional<int> status;
  std::optional<int> signal;

  bool operator==(const ProcessEnd&) const = default;
};

[[nodiscard]] inline ProcessEnd exited(int status) {
  return {.status = status, .signal = {}};
}
[[nodiscard]] inline ProcessEnd killed_by(int signal) {
  return {.status = {}, .signal = signal};
}
std::ostream& operator<<(std::ostream& out, const ProcessEnd& end);

/// What the child has for its standard streams; -1: the test's own.
struct Streams {
  int in = -1;
  int out = -1;
  int err = -1;
};

struct Program {
  std::vector<std::string> command;      ///< path, or a name to be found in PATH, and arguments
  std::vector<std::string> environment;  ///< "NAME=value", over the test's own
  std::optional<uid_t> user;             ///< none: the test's own
  Streams streams;
};

/// Is killed and reaped with the object, and dies with the test.
class Process {
 public:
  /// Returns once it runs, as its user.
  explicit Process(const Program& program);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  [[nodiscard]] pid_t pid() const { return pid_; }

  void signal(int number) const;

  /// SIGSTOP, and its effect.
  void stop() const;
  void go_on() const { signal(SIGCONT); }

  [[nodiscard]] bool has_ended();

  /// Waits for the end. Throws if it does not come.
  ProcessEnd wait();

 private:
  pid_t pid_ = -1;
  std::optional<ProcessEnd> end_;
};

/// Whether a process sleeps, waiting for something to happen.
[[nodiscard]] bool is_sleeping(pid_t pid);

/// A program that was built beside this one.
[[nodiscard]] std::string program_beside(const std::string& name);

}  // namespace gpiobroker::test
