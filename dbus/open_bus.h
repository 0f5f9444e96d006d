// SPDX-License-Identifier: LGPL-2.1-or-later
// Opening a bus by its address, for the daemon and for the client library.
#pragma once

#include <memory>
#include <string>

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

namespace gpiobroker {

/// Connects to the bus at the address, to the system bus if it is empty. Throws sdbus::Error.
///
/// sdbus-c++ 2.1's own function for an address loses the sd_bus object when it cannot connect,
/// which a program that tries again and again would feel.
inline std::unique_ptr<sdbus::IConnection> open_bus(const std::string& address) {
  if (address.empty()) return sdbus::createSystemBusConnection();
  const auto check = [](int result) {
    if (result < 0) throw sdbus::createError(-result, "Failed to open bus");
  };
  sd_bus* bus = nullptr;
  check(sd_bus_new(&bus));
  std::unique_ptr<sd_bus, decltype(&sd_bus_unref)> owned(bus, &sd_bus_unref);
  check(sd_bus_set_address(bus, address.c_str()));
  check(sd_bus_set_bus_client(bus, 1));
  check(sd_bus_set_trusted(bus, 1));
  check(sd_bus_start(bus));
  return sdbus::createBusConnection(owned.release());
}

}  // namespace gpiobroker
