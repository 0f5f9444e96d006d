// SPDX-License-Identifier: LGPL-2.1-or-later
// Opening a bus by its address, for the daemon and for the client library.
#pragma once

#include <memory>
#include <string>

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

namespace gpiobroker {

using SdBus = std::unique_ptr<sd_bus, decltype(&sd_bus_unref)>;

/// Connects to the bus at the address, to the system bus if it is empty. Throws sdbus::Error.
inline SdBus open_sd_bus(const std::string& address) {
  const auto check = [](int result) {
    if (result < 0) throw sdbus::createError(-result, "Failed to open bus");
  };
  sd_bus* bus = nullptr;
  check(address.empty() ? sd_bus_open_system(&bus) : sd_bus_new(&bus));
  SdBus owned(bus, &sd_bus_unref);
  if (address.empty()) return owned;
  check(sd_bus_set_address(bus, address.c_str()));
  check(sd_bus_set_bus_client(bus, 1));
  check(sd_bus_set_trusted(bus, 1));
  check(sd_bus_start(bus));
  return owned;
}

/// The same for sdbus-c++. Version 2.1's own function for an address loses the sd_bus object when
/// it cannot connect, which a program that tries again and again would feel.
inline std::unique_ptr<sdbus::IConnection> open_bus(const std::string& address) {
  return sdbus::createBusConnection(open_sd_bus(address).release());
}

}  // namespace gpiobroker
