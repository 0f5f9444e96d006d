// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of text, back and forth, with a program that listens on a Unix socket.
#pragma once

#include <chrono>
#include <string>

#include "harness/line_stream.h"

namespace gpiobroker::test {

/// For what an emulated processor has to do, on a machine that is busy with other things.
inline constexpr std::chrono::minutes kPatience{5};

class LineSocket {
 public:
  /// Waits until somebody listens.
  explicit LineSocket(const std::string& path);

  void send(const std::string& line) const;

  /// Waits for a line. Throws at the end of the stream, or after minutes of silence.
  std::string next();

 private:
  explicit LineSocket(FileDescriptor socket);

  FileDescriptor socket_;
  LineReader reader_;
};

}  // namespace gpiobroker::test
