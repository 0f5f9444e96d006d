// SPDX-License-Identifier: GPL-2.0-or-later
// The two matches.
#include "bus/bus_watch.h"

#include <string>

namespace gpiobroker::bus {
namespace {

// arg2 is the new owner: none.
constexpr const char* kNameLostItsOwner =
    "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',"
    "interface='org.freedesktop.DBus',member='NameOwnerChanged',arg2=''";

// Made by the bus library itself, never sent by anybody (D-Bus specification,
// org.freedesktop.DBus.Local).
constexpr const char* kDisconnected =
    "type='signal',sender='org.freedesktop.DBus.Local',path='/org/freedesktop/DBus/Local',"
    "interface='org.freedesktop.DBus.Local',member='Disconnected'";

}  // namespace

BusWatch::BusWatch(sdbus::IConnection& connection,
                   std::function<void(core::ClientName)> on_client_gone,
                   std::function<void()> on_bus_lost)
    : client_gone_(connection.addMatch(
          kNameLostItsOwner,
          [gone = std::move(on_client_gone)](sdbus::Message message) {
            std::string name;
            message >> name;
            gone(core::ClientName{name});
          },
          sdbus::return_slot)),
      bus_lost_(connection.addMatch(
          kDisconnected, [lost = std::move(on_bus_lost)](const sdbus::Message&) { lost(); },
          sdbus::return_slot)) {}

}  // namespace gpiobroker::bus
