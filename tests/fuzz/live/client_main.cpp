// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-fuzz-client: one client of the live fuzzer. Says its bus name first.
#include <cstdlib>
#include <iostream>

#include "fuzz/live/client.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: gpiobroker-fuzz-client BUS_ADDRESS SEED MESSAGES\n";
    return EXIT_FAILURE;
  }
  try {
    gpiobroker::fuzz::Client client(argv[1], static_cast<std::uint32_t>(std::stoul(argv[2])));
    std::cout << client.name() << std::endl;
    client.talk(std::stoul(argv[3]));
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << std::endl;
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
