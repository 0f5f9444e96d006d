// SPDX-License-Identifier: GPL-2.0-or-later
// The place of systemd for a daemon that tells it things: sd_notify(3).
#pragma once

#include <string>

#include "harness/file_descriptor.h"

namespace gpiobroker::test {

class NotifySocket {
 public:
  explicit NotifySocket(const std::string& path);

  /// Whether the daemon has said so, such as "READY=1", in a line of its own.
  [[nodiscard]] bool has_heard(const std::string& word);

 private:
  FileDescriptor socket_;
  std::string heard_ = "\n";
};

}  // namespace gpiobroker::test
