// SPDX-License-Identifier: GPL-2.0-or-later
// Leases a line, says its name on the bus on standard output, and waits to be killed.
#include <cstdio>
#include <exception>
#include <string>

#include <unistd.h>

#include "broker_client.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    gpiobroker::bench::BrokerClient client(argv[1]);
    (void)client.acquire(argv[2], 1);
    const std::string name = client.bus().name();
    if (write(STDOUT_FILENO, name.data(), name.size()) < 0) return 1;
    for (;;) pause();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "victim: %s\n", error.what());
    return 1;
  }
}
