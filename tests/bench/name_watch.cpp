// SPDX-License-Identifier: GPL-2.0-or-later
// The same match as the broker's own.
#include "name_watch.h"

#include <cstdint>

#include "connect.h"

namespace gpiobroker::bench {
namespace {

constexpr const char* kVanishedNames =
    "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
    "member='NameOwnerChanged',arg2=''";

}  // namespace

NameWatch::NameWatch(const std::string& address) : bus_(connect(address)) {
  check(sd_bus_add_match(bus_.get(), nullptr, kVanishedNames, &on_vanished, this),
        "cannot watch names");
}

void NameWatch::wait_gone(const std::string& name) {
  while (vanished_ != name) {
    const int handled = sd_bus_process(bus_.get(), nullptr);
    check(handled, "cannot read from the bus");
    if (handled == 0) check(sd_bus_wait(bus_.get(), UINT64_MAX), "cannot wait for the bus");
  }
}

int NameWatch::on_vanished(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
  const char* name = nullptr;
  if (sd_bus_message_read(message, "s", &name) >= 0)
    static_cast<NameWatch*>(self)->vanished_ = name;
  return 0;
}

}  // namespace gpiobroker::bench
