// SPDX-License-Identifier: GPL-2.0-or-later
// Counts what waits: of each client, and of all.
#include "bus/callers/strangers.h"

namespace gpiobroker::bus {

std::optional<Strangers::Room> Strangers::make_room(const core::ClientName& client,
                                                    std::size_t size) {
  const std::size_t bytes = size + kOverhead;
  const bool is_large = size > kLarge;
  const auto of_client = sums_->of_client.find(client);
  const std::size_t has = of_client == sums_->of_client.end() ? 0 : of_client->second;
  if (has > 0 && has + bytes > kMostOfOne) return std::nullopt;
  if (sums_->all + bytes > kMost) return std::nullopt;
  if (is_large && sums_->large + bytes > kMostInLarge) return std::nullopt;
  sums_->all += bytes;
  sums_->large += is_large ? bytes : 0;
  sums_->of_client[client] += bytes;
  const auto give_back = [sums = sums_, client, bytes, is_large](const void*) {
    sums->all -= bytes;
    sums->large -= is_large ? bytes : 0;
    const auto of = sums->of_client.find(client);
    of->second -= bytes;
    if (of->second == 0) sums->of_client.erase(of);
  };
  return Room(sums_.get(), give_back);
}

}  // namespace gpiobroker::bus
