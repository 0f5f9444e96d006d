// SPDX-License-Identifier: GPL-2.0-or-later
// Who asks, as far as rights depend on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gpiobroker::core {

/// All of it vouched for by the bus and the kernel, never by the one who asks.
struct Subject {
  std::uint32_t uid = 0;
  std::vector<std::uint32_t> gids = {};  ///< of all its groups, the primary one included
  std::string unit = {};                 ///< the systemd unit it runs in; empty: not known for sure
};

}  // namespace gpiobroker::core
