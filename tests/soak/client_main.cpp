// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-soak-client: one of the storm's clients, started by gpiobroker-soak.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "client.h"

namespace gpiobroker::soak {
namespace {

unsigned number(const char* text) {
  return static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

int run(char** argv) {
  const Role role{.address = argv[1],
                  .place = number(argv[4]),
                  .lines = number(argv[5]),
                  .pool_chip = number(argv[6]),
                  .pool_lines = number(argv[7]),
                  .pause_ms = number(argv[8]),
                  .seed = number(argv[9])};
  const Slots slots(argv[2], number(argv[3]));
  Slot& slot = slots.at(role.place);
  try {
    Client(role, slot).live();
  } catch (const std::exception& error) {
    note_fault(slot, error.what());
    return EXIT_FAILURE;
  }
}

}  // namespace
}  // namespace gpiobroker::soak

int main(int argc, char** argv) {
  if (argc != 10) {
    std::fputs("gpiobroker-soak-client is started by gpiobroker-soak\n", stderr);
    return EXIT_FAILURE;
  }
  return gpiobroker::soak::run(argv);
}
