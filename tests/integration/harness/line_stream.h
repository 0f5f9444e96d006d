// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of text from another process.
#pragma once

#include <optional>
#include <string>

#include "harness/file_descriptor.h"

namespace gpiobroker::test {

class LineReader {
 public:
  explicit LineReader(FileDescriptor from) : from_(std::move(from)) {}

  /// Waits for the next line; nothing at the end of the stream. Throws if neither comes.
  std::optional<std::string> next();

 private:
  bool read_more();

  FileDescriptor from_;
  std::string unread_;
};

}  // namespace gpiobroker::test
