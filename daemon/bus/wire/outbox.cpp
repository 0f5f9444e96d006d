// SPDX-License-Identifier: GPL-2.0-or-later
// Sends the standard signals, and words what failed.
#include "bus/wire/outbox.h"

#include <system_error>

#include "bus/wire/errors.h"

namespace gpiobroker::bus {
namespace {

const char* prefix_of(Outbox::Kind kind) {
  switch (kind) {
    case Outbox::Kind::answer: return "the answer to ";
    case Outbox::Kind::signal: return "the signal ";
    case Outbox::Kind::question: return "the call of ";
  }
  return "";
}

}  // namespace

void Outbox::added(sdbus::IObject& object, const char* interface) {
  attempt(Kind::signal, "InterfacesAdded",
          [&] { object.emitInterfacesAddedSignal({sdbus::InterfaceName(interface)}); });
}

void Outbox::removed(sdbus::IObject& manager, const sdbus::ObjectPath& path,
                     const char* interface) {
  attempt(Kind::signal, "InterfacesRemoved", [&] {
    manager.emitSignal("InterfacesRemoved")
        .onInterface("org.freedesktop.DBus.ObjectManager")
        .withArguments(path, std::vector<Text>{interface});
  });
}

void Outbox::changed(sdbus::IObject& object, const char* interface,
                     const std::vector<sdbus::PropertyName>& properties) {
  attempt(Kind::signal, "PropertiesChanged",
          [&] { object.emitPropertiesChangedSignal(sdbus::InterfaceName(interface), properties); });
}

void Outbox::note(Kind kind, const std::string& name, int result) const {
  if (result >= 0 || says_that_the_bus_is_gone(-result)) return;
  failed_({.kind = kind,
           .what = prefix_of(kind) + name,
           .why = std::generic_category().message(-result)});
}

void Outbox::note(Kind kind, const std::string& name, const sdbus::Error& error) const {
  if (says_that_the_bus_is_gone(error)) return;
  failed_({.kind = kind, .what = prefix_of(kind) + name, .why = error.getMessage()});
}

}  // namespace gpiobroker::bus
