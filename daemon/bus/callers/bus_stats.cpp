// SPDX-License-Identifier: GPL-2.0-or-later
// Calls the bus once, and takes one number out of its answer.
#include "bus/callers/bus_stats.h"

#include <cstdint>
#include <map>
#include <string>

#include "hear_signal.h"

namespace gpiobroker::bus {
namespace {

using Stats = std::map<std::string, sdbus::Variant>;

std::optional<std::size_t> unread_in(const Stats& stats) {
  const auto bytes = stats.find("OutgoingBytes");
  if (bytes == stats.end() || !bytes->second.containsValueOfType<std::uint32_t>()) return {};
  return bytes->second.get<std::uint32_t>();
}

}  // namespace

BusStats::BusStats(sdbus::IConnection& connection, Outbox& outbox)
    : outbox_(outbox),
      bus_(sdbus::createProxy(connection, sdbus::ServiceName(kBus),
                              sdbus::ObjectPath("/org/freedesktop/DBus"))) {}

void BusStats::ask_for_unread(const core::ClientName& client, const Unread& then) {
  const bool asked = outbox_.ask(*bus_, "GetConnectionStats", [&](auto&& call) {
    call.onInterface("org.freedesktop.DBus.Debug.Stats")
        .withArguments(Text(client.value))
        .uponReplyInvoke([this, then](std::optional<sdbus::Error> error, const Stats& stats) {
          const bool told = !error && is_from(bus_->getCurrentlyProcessedMessage(), kBus);
          then(told ? unread_in(stats) : std::nullopt);
        });
  });
  if (!asked) then(std::nullopt);
}

}  // namespace gpiobroker::bus
