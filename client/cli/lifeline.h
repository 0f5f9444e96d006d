// SPDX-License-Identifier: LGPL-2.1-or-later
// A pipe by which a command, and all that it starts, keeps a lease alive.
#pragma once

#include <chrono>

#include "cli/file_descriptor.h"

namespace gpiobroker::cli {

/// The command inherits one end, whatever runs it; the broker watches the other, and ends the lease
/// when nobody is left who has the first.
class Lifeline {
 public:
  Lifeline();

  [[nodiscard]] int for_broker() const { return pipe_.reader.get(); }
  [[nodiscard]] int for_command() const { return pipe_.writer.get(); }

  /// Lets go of this process's end. Returns whether somebody else still has it after so long.
  bool outlives_us(std::chrono::milliseconds patience);

 private:
  Pipe pipe_;
};

}  // namespace gpiobroker::cli
