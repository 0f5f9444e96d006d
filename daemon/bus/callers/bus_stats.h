// SPDX-License-Identifier: GPL-2.0-or-later
// Statistics that the bus keeps of its connections.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/wire/outbox.h"

namespace gpiobroker::bus {

/// org.freedesktop.DBus.Debug.Stats, which dbus-daemon has for root. dbus-broker does not have it,
/// and cuts off a client that does not read.
class BusStats {
 public:
  /// How many bytes the bus keeps for a client that it has not read; nothing if it does not tell.
  using Unread = std::function<void(std::optional<std::size_t>)>;

  BusStats(sdbus::IConnection& connection, Outbox& outbox);

  /// Calls back later, but not if this ends before.
  void ask_for_unread(const core::ClientName& client, const Unread& then);

 private:
  Outbox& outbox_;
  std::unique_ptr<sdbus::IProxy> bus_;
};

}  // namespace gpiobroker::bus
