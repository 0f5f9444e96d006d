// SPDX-License-Identifier: GPL-2.0-or-later
// Takes edges out of the queues of leases, as messages.
#pragma once

#include <functional>
#include <optional>

#include "bus/wire/edge_messages.h"
#include "core/broker/broker.h"

namespace gpiobroker::bus {

/// The number of the last edge that somebody has received; nothing if it does not say.
using ReceivedEdge = std::optional<std::uint64_t>;

class EdgeOutlet {
 public:
  explicit EdgeOutlet(core::Broker& broker) : broker_(broker), edges_(broker.edges()) {}

  /// Gives edges of a lease to somebody, who says whether the bus took them. False if there are
  /// none. Those that the bus does not take are lost, and counted, unless they can be had again.
  bool hand_out(core::LeaseId lease, const ReceivedEdge& received,
                const std::function<bool(const EdgeMessages&)>& give);

  /// Whether a lease's holder can have received that. Refused: invalid_value.
  [[nodiscard]] core::Result<void> check(core::LeaseId lease, const ReceivedEdge& received) const {
    if (auto told = edges_.check_told(lease); !told) return told;
    return edges_.check_received(lease, received.value_or(0));
  }

 private:
  [[nodiscard]] std::vector<core::EdgeEvent> next_edges(core::LeaseId lease,
                                                        const ReceivedEdge& received);

  core::Broker& broker_;
  core::Edges& edges_;
};

}  // namespace gpiobroker::bus
