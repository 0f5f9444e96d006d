// SPDX-License-Identifier: GPL-2.0-or-later
// Takes or lends edges, a message's worth at a time.
#include "bus/objects/edge_outlet.h"

namespace gpiobroker::bus {
namespace {

constexpr std::size_t kMostAtOnce = 256;  // edges in a message: about 20 KiB

}  // namespace

bool EdgeOutlet::hand_out(core::LeaseId lease, const ReceivedEdge& received,
                          const std::function<bool(const EdgeMessages&)>& give) {
  const core::Lease* of = broker_.leases().find(lease);
  if (of == nullptr) return false;
  const std::vector<core::EdgeEvent> edges = next_edges(lease, received);
  const EdgeMessages messages = to_messages(*of, edges);
  if (messages.empty()) return false;
  if (!give(messages) && !received) edges_.lose(lease, edges);
  return true;
}

std::vector<core::EdgeEvent> EdgeOutlet::next_edges(core::LeaseId lease,
                                                    const ReceivedEdge& received) {
  return received ? edges_.lend(lease, *received, kMostAtOnce) : edges_.take(lease, kMostAtOnce);
}

}  // namespace gpiobroker::bus
