// SPDX-License-Identifier: GPL-2.0-or-later
// QEMU's command line.
#include "pi4/pi.h"

#include <cstdlib>
#include <stdexcept>

namespace gpiobroker::test {
namespace {

/// One of the four processors and one thread: more of either make an emulated boot slower. A kernel
/// that panics ends QEMU, so that the test need not wait.
Program qemu(const std::string& machine, const TemporaryFolder& folder, bool persists_outputs) {
  const std::string kernel_parameters = std::string(
                                            "console=ttyAMA0,115200 loglevel=5 panic=-1 nr_cpus=1 "
                                            "pinctrl_bcm2835.persist_gpio_outputs=") +
                                        (persists_outputs ? "1" : "0");
  const auto server = [&](const std::string& name) {
    return "unix:" + folder.file(name) + ",server=on,wait=off";
  };
  Program program;
  program.command = {machine + "/qemu",
                     "-machine",
                     "raspi4b",
                     "-accel",
                     "tcg,thread=single",
                     "-nodefaults",
                     "-display",
                     "none",
                     "-no-reboot",
                     "-kernel",
                     machine + "/vmlinuz",
                     "-dtb",
                     machine + "/pi4.dtb",
                     "-initrd",
                     machine + "/root.cpio",
                     "-append",
                     kernel_parameters,
                     "-serial",
                     server("serial"),
                     "-qmp",
                     server("monitor"),
                     "-qtest",
                     server("memory"),
                     "-qtest-log",
                     "none"};
  return program;
}

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

}  // namespace

Pi::Pi(const std::string& machine, bool persists_outputs)
    : persists_outputs_(persists_outputs),
      qemu_(qemu(machine, folder_, persists_outputs)),
      monitor_(folder_.file("monitor")),
      memory_(folder_.file("memory")),
      console_(folder_.file("serial")) {
  console_.await_shell();
}

std::string Pi::run(const std::string& command) {
  const CommandResult result = try_to_run(command);
  if (result.status != 0) throw std::runtime_error(command + ": " + result.output);
  return result.output;
}

void Pi::select_function(unsigned offset, std::uint32_t bits) {
  const auto [address, word] = monitor_.registers().with_function(offset, bits);
  memory_.write(address, word);
}

Pi& the_pi() {
  static Pi pi(environment("GPIOBROKER_PI4_MACHINE"),
               environment("GPIOBROKER_PI4_PERSISTS_OUTPUTS") == "1");
  return pi;
}

}  // namespace gpiobroker::test
