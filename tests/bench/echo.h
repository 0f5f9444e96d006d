// SPDX-License-Identifier: GPL-2.0-or-later
// Two processes and a socket between them: the least that a call to another process can cost.
#pragma once

#include <sys/types.h>

#include "harness/file_descriptor.h"

namespace gpiobroker::bench {

/// A child that sends back what it is sent. To be made before any thread.
class Echo {
 public:
  Echo();
  Echo(const Echo&) = delete;
  Echo& operator=(const Echo&) = delete;
  ~Echo();

  /// Sends a short message, and waits for it to come back.
  void call() const;

 private:
  pid_t child_ = -1;
  test::FileDescriptor socket_;
};

}  // namespace gpiobroker::bench
