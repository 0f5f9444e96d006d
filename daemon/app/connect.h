// SPDX-License-Identifier: GPL-2.0-or-later
// Connects to the bus, with errors that say what to do.
#pragma once

#include <memory>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/service.h"

namespace gpiobroker::app {

/// A connection, and what it is made of and owns.
struct Connection {
  std::unique_ptr<sdbus::IConnection> connection;
  sd_bus* bus = nullptr;
};

/// Connects to the bus at an address, or to the system bus if it is empty. Throws StartupError.
[[nodiscard]] Connection connect(const std::string& address);

/// Takes the bus name. Throws StartupError.
void take_name(bus::Service& service, sdbus::IConnection& connection);

}  // namespace gpiobroker::app
