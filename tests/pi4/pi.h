// SPDX-License-Identifier: GPL-2.0-or-later
// A Raspberry Pi 4 in QEMU, with Debian, systemd and this tree's broker installed on it.
#pragma once

#include <string>

#include "harness/process.h"
#include "harness/temporary_folder.h"
#include "pi4/console.h"
#include "pi4/machine_memory.h"
#include "pi4/monitor.h"

namespace gpiobroker::test {

class Pi {
 public:
  /// Boots what tools/internal/pi4/build has made; `persists_outputs` as for the driver's
  /// parameter.
  Pi(const std::string& machine, bool persists_outputs);

  /// Whether the pin controller's driver goes on driving outputs that are given back: not in the
  /// kernel's own default, but in that of Raspberry Pi's kernels.
  [[nodiscard]] bool persists_outputs() const { return persists_outputs_; }

  CommandResult try_to_run(const std::string& command) { return console_.run(command); }

  /// What a shell command of root's prints. Throws if it fails.
  std::string run(const std::string& command);

  /// What the registers say, asked for from outside.
  [[nodiscard]] Pin pin(unsigned offset) { return monitor_.registers().pin(offset); }
  [[nodiscard]] std::uint32_t function_of(unsigned offset) {
    return monitor_.registers().function_bits(offset);
  }

  /// Writes the three bits of a pin's function into its register, as a tool past the kernel does.
  void select_function(unsigned offset, std::uint32_t bits);

 private:
  bool persists_outputs_;
  TemporaryFolder folder_;
  Process qemu_;
  Monitor monitor_;
  MachineMemory memory_;
  Console console_;
};

/// The one that all tests share, booted when first asked for, as GPIOBROKER_PI4_MACHINE and
/// GPIOBROKER_PI4_PERSISTS_OUTPUTS (0 or 1) say.
Pi& the_pi();

}  // namespace gpiobroker::test
