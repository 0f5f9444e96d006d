// SPDX-License-Identifier: GPL-2.0-or-later
// A refusal means that there are none.
#include "direct_line.h"

#include <cstdio>
#include <stdexcept>

namespace gpiobroker::bench {

std::optional<BareLine> open_directly(const BrokerClient& client, const std::string& line,
                                      BrokerClient::DirectUse use) {
  try {
    return BareLine(client.open_direct(line, use));
  } catch (const std::runtime_error& refused) {
    std::fprintf(stderr, "direct leases are left out: %s\n", refused.what());
    return std::nullopt;
  }
}

}  // namespace gpiobroker::bench
