// SPDX-License-Identifier: GPL-2.0-or-later
// A connection to the bus that sends any bytes, and never waits for one side only.
#pragma once

#include <chrono>
#include <span>

#include "fuzz/live/wire.h"
#include "harness/file_descriptor.h"

namespace gpiobroker::fuzz {

class Connection {
 public:
  /// Connects to "unix:path=..." and says who this process is.
  explicit Connection(const std::string& address);

  /// Throws if the bus hangs up.
  void send(const std::string& bytes, std::span<const int> descriptors = {});

  /// The next message; nothing if none comes in that time.
  [[nodiscard]] std::optional<Received> receive(std::chrono::milliseconds patience);

 private:
  void authenticate();
  void write_some(std::string_view& bytes, std::span<const int>& descriptors);
  void read_some();

  test::FileDescriptor socket_;
  std::string arrived_;
};

}  // namespace gpiobroker::fuzz
