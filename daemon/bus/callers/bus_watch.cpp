// SPDX-License-Identifier: GPL-2.0-or-later
// Subscribes to the two signals that tell.
#include "bus/callers/bus_watch.h"

#include <string>

#include "hear_signal.h"

namespace gpiobroker::bus {
namespace {

// arg2 is the new owner: none.
constexpr const char* kNameLostItsOwner =
    "path='/org/freedesktop/DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',"
    "arg2=''";

// Made by the bus library itself, never sent by anybody (D-Bus specification,
// org.freedesktop.DBus.Local).
constexpr const char* kDisconnected =
    "path='/org/freedesktop/DBus/Local',interface='org.freedesktop.DBus.Local',"
    "member='Disconnected'";

}  // namespace

BusWatch::BusWatch(sdbus::IConnection& connection,
                   std::function<void(core::ClientName)> on_client_gone,
                   std::function<void()> on_bus_lost)
    : client_gone_(hear_signal(connection, kBus, kNameLostItsOwner,
                               [gone = std::move(on_client_gone)](sdbus::Message message) {
                                 std::string name;
                                 message >> name;
                                 gone(core::ClientName{name});
                               })),
      bus_lost_(hear_signal(connection, kBusLibrary, kDisconnected,
                            [lost = std::move(on_bus_lost)](const sdbus::Message&) { lost(); })) {}

}  // namespace gpiobroker::bus
