// SPDX-License-Identifier: GPL-2.0-or-later
// Makes each call, and turns what is refused into an exception.
#include "bus_client.h"

#include <cstdint>
#include <stdexcept>

namespace gpiobroker::bench {

BusClient::BusClient(const std::string& address) : bus_(connect(address)) {}

std::string BusClient::name() const {
  const char* name = nullptr;
  check(sd_bus_get_unique_name(bus_.get(), &name), "no name on the bus");
  return name;
}

Message BusClient::new_call(const Target& target, const char* member) const {
  sd_bus_message* message = nullptr;
  check(sd_bus_message_new_method_call(bus_.get(), &message, target.service, target.path.c_str(),
                                       target.interface, member),
        "cannot make a call");
  return {message, &sd_bus_message_unref};
}

Message BusClient::call(const Message& message) const {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  sd_bus_message* reply = nullptr;
  if (sd_bus_call(bus_.get(), message.get(), 0, &error, &reply) < 0) {
    const std::string what = std::string(error.name) + ": " + error.message;
    sd_bus_error_free(&error);
    throw std::runtime_error(what);
  }
  return {reply, &sd_bus_message_unref};
}

bool BusClient::has_owner(const char* service) const {
  constexpr const char* kBus = "org.freedesktop.DBus";
  int owned = 0;
  read(call({kBus, "/org/freedesktop/DBus", kBus}, "NameHasOwner", "s", service), "b", &owned);
  return owned != 0;
}

void BusClient::process_until(const std::function<bool()>& is_so) const {
  while (!is_so()) {
    const int handled = sd_bus_process(bus_.get(), nullptr);
    check(handled, "cannot read from the bus");
    if (handled == 0) check(sd_bus_wait(bus_.get(), UINT64_MAX), "cannot wait for the bus");
  }
}

}  // namespace gpiobroker::bench
