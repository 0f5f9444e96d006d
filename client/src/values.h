// SPDX-License-Identifier: LGPL-2.1-or-later
// Levels as the a{si} that the broker takes and gives.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "gpiobroker/lease.h"

namespace gpiobroker::detail {

using WireValues = std::map<std::string, std::int32_t>;

[[nodiscard]] inline WireValues to_wire(const Values& values) {
  return {values.begin(), values.end()};
}

[[nodiscard]] inline Values from_wire(const WireValues& values) {
  Values levels;
  for (const auto& [line, value] : values) levels.emplace(line, value != 0);
  return levels;
}

}  // namespace gpiobroker::detail
