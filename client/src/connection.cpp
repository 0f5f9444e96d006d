// SPDX-License-Identifier: LGPL-2.1-or-later
// Connects to the bus, and handles what has come on it.
#include "src/connection.h"

#include <utility>

#include "hear_signal.h"
#include "open_bus.h"

namespace gpiobroker::detail {
namespace {

std::unique_ptr<sdbus::IConnection> connect(const std::string& address, const std::string& name) {
  try {
    return open_bus(address);
  } catch (const sdbus::Error& error) {
    throw Error(kDisconnected, "cannot connect to " + name + ": " + error.getMessage() +
                                   "; is a D-Bus daemon running there?");
  }
}

}  // namespace

Connection::Connection(const std::string& address)
    : name_(address.empty() ? "the system bus" : "the bus at " + address),
      bus_(connect(address, name_)) {}

sdbus::Slot Connection::watch(const std::string& sender, const std::string& rule,
                              sdbus::message_handler heard) const {
  return carry_out([&] { return hear_signal(*bus_, sender, rule, std::move(heard)); });
}

void Connection::process() const {
  carry_out([this] {
    while (bus_->processPendingEvent()) continue;
  });
}

Pollable Connection::pollable() const {
  return carry_out([this] {
    const auto data = bus_->getEventLoopPollData();
    return Pollable{.fd = data.fd,
                    .events = data.events,
                    .timeout = std::chrono::milliseconds(data.getPollTimeout())};
  });
}

}  // namespace gpiobroker::detail
