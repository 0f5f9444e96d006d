// SPDX-License-Identifier: GPL-2.0-or-later
// Edges in the form in which they go over the bus.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/wire/text.h"
#include "core/broker/broker.h"

namespace gpiobroker::bus {

/// Line, kind, nanoseconds, clock, number on the line, number in the lease.
using EdgeMessage = sdbus::Struct<Text, Text, std::uint64_t, Text, std::uint64_t, std::uint64_t>;
using EdgeMessages = std::vector<EdgeMessage>;

/// Line, level, number of its last edge.
using StandingMessage = sdbus::Struct<Text, std::int32_t, std::uint64_t>;
using StandingMessages = std::vector<StandingMessage>;

/// Lines are named as the lease's holder named them.
[[nodiscard]] EdgeMessages to_messages(const core::Lease& lease,
                                       const std::vector<core::EdgeEvent>& edges);
[[nodiscard]] StandingMessages to_messages(const std::vector<core::LineStanding>& lines);
[[nodiscard]] std::map<Text, std::uint64_t> lost_edges(const core::Lease& lease);

}  // namespace gpiobroker::bus
