// SPDX-License-Identifier: GPL-2.0-or-later
// Connects to the bus and takes the broker's name.
#include "app/connect.h"

#include <string>

#include "app/startup_error.h"
#include "bus/wire/names.h"
#include "open_bus.h"

namespace gpiobroker::app {
namespace {

/// "pid 4711" of the process that has our name; as much as the bus says.
std::string present_owner(sdbus::IConnection& connection) {
  const auto bus = sdbus::createProxy(connection, sdbus::ServiceName("org.freedesktop.DBus"),
                                      sdbus::ObjectPath("/org/freedesktop/DBus"));
  try {
    std::uint32_t pid = 0;
    bus->callMethod("GetConnectionUnixProcessID")
        .onInterface("org.freedesktop.DBus")
        .withArguments(std::string(bus::kBusName))
        .storeResultsTo(pid);
    return "pid " + std::to_string(pid);
  } catch (const sdbus::Error&) {
    return "another process";
  }
}

std::string why_no_name(const sdbus::Error& error, sdbus::IConnection& connection) {
  const std::string name = bus::kBusName;
  const std::string& reason = error.getName();
  if (reason.ends_with(".FileExists") || reason.ends_with(".ObjectPathInUse")) {
    return "the bus name " + name + " is taken by " + present_owner(connection) +
           ": another broker is running; stop it first (systemctl stop gpiobroker)";
  }
  if (reason.ends_with(".AccessDenied")) {
    return "the bus does not let this user own " + name +
           ": run as root, with org.gpiobroker1.conf installed in /usr/share/dbus-1/system.d";
  }
  return "cannot take the bus name " + name + ": " + error.getMessage();
}

}  // namespace

Connection connect(const std::string& address) {
  try {
    SdBus owned = open_sd_bus(address);
    sd_bus* const bus = owned.get();
    return {.connection = sdbus::createBusConnection(owned.release()), .bus = bus};
  } catch (const sdbus::Error& error) {
    const std::string bus = address.empty() ? "the system bus" : "the bus at " + address;
    throw StartupError("cannot connect to " + bus + " (" + error.getMessage() +
                       "): start a D-Bus daemon, or name another bus with --address");
  }
}

void take_name(bus::Service& service, sdbus::IConnection& connection) {
  try {
    service.take_name();
  } catch (const sdbus::Error& error) {
    throw StartupError(why_no_name(error, connection));
  }
}

}  // namespace gpiobroker::app
