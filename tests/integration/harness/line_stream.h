// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of text from another process.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "harness/eventually.h"
#include "harness/file_descriptor.h"

namespace gpiobroker::test {

class LineReader {
 public:
  /// `patience` is how long the other process may be silent.
  explicit LineReader(FileDescriptor from, std::chrono::milliseconds patience = kDeadline)
      : from_(std::move(from)), patience_(patience) {}

  /// Waits for the next line; nothing at the end of the stream. Throws if neither comes.
  std::optional<std::string> next();

 private:
  bool read_more();

  FileDescriptor from_;
  std::chrono::milliseconds patience_;
  std::string unread_;
};

}  // namespace gpiobroker::test
