// SPDX-License-Identifier: GPL-2.0-or-later
// QEMU's monitor: looks at the machine from outside, without a program in it taking part.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pi4/line_socket.h"
#include "pi4/registers.h"

namespace gpiobroker::test {

class Monitor {
 public:
  /// Of a QEMU that was started with -qmp unix:PATH,server=on,wait=off.
  explicit Monitor(const std::string& path);

  /// Of the pin controller, now.
  [[nodiscard]] Registers registers();

 private:
  /// What a command of the monitor's for people prints.
  std::string output_of(const std::string& command);

  std::vector<std::uint32_t> words_at(std::uint64_t address, std::size_t count);

  LineSocket socket_;
};

}  // namespace gpiobroker::test
