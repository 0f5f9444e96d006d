// SPDX-License-Identifier: LGPL-2.1-or-later
// Waits by poll(2).
#include "cli/wait.h"

#include <vector>

#include <poll.h>

namespace gpiobroker::cli {

void wait_for(const Pollable& bus, std::initializer_list<int> readable, int output) {
  std::vector<pollfd> fds{{.fd = bus.fd, .events = bus.events, .revents = 0}};
  for (const int fd : readable) fds.push_back({.fd = fd, .events = POLLIN, .revents = 0});
  fds.push_back({.fd = output, .events = 0, .revents = 0});
  poll(fds.data(), fds.size(), static_cast<int>(bus.timeout.count()));
}

}  // namespace gpiobroker::cli
