// SPDX-License-Identifier: GPL-2.0-or-later
// QEMU's test protocol: writes into the machine from outside, past every program in it.
#pragma once

#include <cstdint>
#include <string>

#include "pi4/line_socket.h"

namespace gpiobroker::test {

class MachineMemory {
 public:
  /// Of a QEMU that was started with -qtest unix:PATH,server=on,wait=off.
  explicit MachineMemory(const std::string& path) : socket_(path) {}

  /// Writes 32 bits, which a device takes for what a processor does.
  void write(std::uint64_t address, std::uint32_t word);

 private:
  LineSocket socket_;
};

}  // namespace gpiobroker::test
