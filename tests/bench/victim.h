// SPDX-License-Identifier: GPL-2.0-or-later
// A client in a process of its own that holds a line until it is killed.
#pragma once

#include <string>

#include <sys/types.h>

namespace gpiobroker::bench {

class Victim {
 public:
  /// Starts the program beside this one; returns once it holds the line, high.
  Victim(const std::string& address, const std::string& line);
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;
  ~Victim();

  /// Its unique name on the bus.
  [[nodiscard]] const std::string& name() const { return name_; }

  /// SIGKILL, and no waiting.
  void kill() const;

  /// Blocks until the kernel has closed its files, its bus connection among them.
  void wait_closed() const;

 private:
  pid_t pid_ = -1;
  int output_ = -1;  ///< the other end of its standard output
  std::string name_;
};

}  // namespace gpiobroker::bench
