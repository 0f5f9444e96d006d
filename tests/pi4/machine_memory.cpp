// SPDX-License-Identifier: GPL-2.0-or-later
// A command a line, and "OK" for an answer.
#include "pi4/machine_memory.h"

#include <stdexcept>

namespace gpiobroker::test {

void MachineMemory::write(std::uint64_t address, std::uint32_t word) {
  socket_.send("writel " + std::to_string(address) + " " + std::to_string(word));
  if (const std::string answer = socket_.next(); answer != "OK") {
    throw std::runtime_error("QEMU does not write memory: " + answer);
  }
}

}  // namespace gpiobroker::test
