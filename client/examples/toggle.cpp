// SPDX-License-Identifier: LGPL-2.1-or-later
// Toggles a line directly, as fast as it goes for a time, and says how fast that was.
#include <chrono>
#include <exception>
#include <iostream>
#include <string>

#include "gpiobroker/broker.h"
#include "gpiobroker/direct_lines.h"

namespace {

/// In levels a second. Looks after each thousand whether the lease is still there.
double toggle(gpiobroker::DirectLines& lines, gpiobroker::DirectLine line,
              std::chrono::duration<double> time) {
  constexpr int kBetweenLooks = 1000;
  const auto start = std::chrono::steady_clock::now();
  std::chrono::duration<double> passed{0};
  int levels = 0;
  while (passed < time) {
    for (int i = 0; i < kBetweenLooks; ++i) lines.set(line, i % 2 == 0);
    lines.check();
    levels += kBetweenLooks;
    passed = std::chrono::steady_clock::now() - start;
  }
  return levels / passed.count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::cerr << "usage: " << argv[0] << " LINE [SECONDS]\n";
    return 2;
  }
  try {
    const std::string name = argv[1];
    const std::chrono::duration<double> time{argc == 3 ? std::stod(argv[2]) : 1.0};
    gpiobroker::Broker broker;
    gpiobroker::Lease lease =
        broker.acquire({name}, {.direction = gpiobroker::Direction::output, .direct = true});
    gpiobroker::DirectLines lines = lease.direct();
    const double rate = toggle(lines, lines.find(name), time);
    std::cout << name << " was set " << static_cast<long>(rate) << " times a second\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
