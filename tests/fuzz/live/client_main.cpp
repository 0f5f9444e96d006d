// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-fuzz-client: one client of the live fuzzer. Says its bus name first.
#include <sys/prctl.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "fuzz/live/client.h"
#include "support/hostile_names.h"

namespace {

/// The kernel keeps 15 bytes of it, and the broker shows them as the holder's command.
void take_hostile_name(std::uint32_t seed) {
  const auto& names = gpiobroker::test::kHostileNames;
  prctl(PR_SET_NAME, std::string(names.at(seed % names.size())).c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: gpiobroker-fuzz-client BUS_ADDRESS SEED MESSAGES LARGEST\n";
    return EXIT_FAILURE;
  }
  try {
    const auto seed = static_cast<std::uint32_t>(std::stoul(argv[2]));
    take_hostile_name(seed);
    gpiobroker::fuzz::Client client(argv[1], seed, std::stoul(argv[4]));
    std::cout << client.name() << std::endl;
    client.talk(std::stoul(argv[3]));
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << std::endl;
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
