// SPDX-License-Identifier: GPL-2.0-or-later
// Tells when a client leaves the bus, and when the bus itself is lost.
#pragma once

#include <functional>

#include <sdbus-c++/sdbus-c++.h>

#include "core/line/line_id.h"

namespace gpiobroker::bus {

/// One match for the end of every client. In place before the broker has its bus name, it cannot
/// miss one: the bus delivers a client's calls before its end. (A match per client is too late
/// for those that are gone before it is set, and the bus allows only so many.)
class BusWatch {
 public:
  /// on_client_gone: for every name that lost its owner, once.
  /// on_bus_lost: the connection is gone; nothing can be sent or received any more.
  BusWatch(sdbus::IConnection& connection, std::function<void(core::ClientName)> on_client_gone,
           std::function<void()> on_bus_lost);

 private:
  sdbus::Slot client_gone_;
  sdbus::Slot bus_lost_;
};

}  // namespace gpiobroker::bus
