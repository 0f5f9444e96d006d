// SPDX-License-Identifier: LGPL-2.1-or-later
// Edges as they come over the bus.
#pragma once

#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "gpiobroker/edge.h"

namespace gpiobroker::detail {

using EdgeMessage = sdbus::Struct<std::string, std::string, std::uint64_t, std::string,
                                  std::uint64_t, std::uint64_t>;
using StandingMessage = sdbus::Struct<std::string, std::int32_t, std::uint64_t>;

[[nodiscard]] std::vector<EdgeEvent> from_wire(const std::vector<EdgeMessage>& edges);
[[nodiscard]] std::vector<LineStanding> from_wire(const std::vector<StandingMessage>& lines);

}  // namespace gpiobroker::detail
