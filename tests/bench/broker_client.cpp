// SPDX-License-Identifier: GPL-2.0-or-later
// One function per call, message by message.
#include "broker_client.h"

#include <stdexcept>

namespace gpiobroker::bench {
namespace {

constexpr const char* kService = "org.gpiobroker1";
constexpr const char* kRoot = "/org/gpiobroker1";
constexpr const char* kManager = "org.gpiobroker1.Manager";
constexpr const char* kLease = "org.gpiobroker1.Lease";

}  // namespace

BrokerClient::BrokerClient(const std::string& address) : bus_(connect(address)) {}

std::string BrokerClient::name() const {
  const char* name = nullptr;
  check(sd_bus_get_unique_name(bus_.get(), &name), "no name on the bus");
  return name;
}

void BrokerClient::ping() {
  call(new_call(kRoot, "org.freedesktop.DBus.Peer", "Ping"));
}

std::string BrokerClient::acquire(const std::string& line, int value) {
  const auto message = new_call(kRoot, kManager, "AcquireLines");
  check(sd_bus_message_append(message.get(), "asa{sv}", 1, line.c_str(), 2, "direction", "s",
                              "output", "value", "i", value),
        "cannot write a call");
  const auto reply = call(message);
  const char* path = nullptr;
  check(sd_bus_message_read(reply.get(), "o", &path), "unexpected answer");
  return path;
}

void BrokerClient::release(const std::string& lease) {
  const auto message = new_call(lease.c_str(), kLease, "Release");
  check(sd_bus_message_append(message.get(), "asa{sv}", 0, 0), "cannot write a call");
  call(message);
}

void BrokerClient::set(const std::string& lease, const std::string& line, int value) {
  const auto message = new_call(lease.c_str(), kLease, "SetValues");
  check(sd_bus_message_append(message.get(), "a{si}", 1, line.c_str(), value),
        "cannot write a call");
  call(message);
}

int BrokerClient::get(const std::string& lease, const std::string& line) {
  const auto message = new_call(lease.c_str(), kLease, "GetValues");
  check(sd_bus_message_append(message.get(), "as", 1, line.c_str()), "cannot write a call");
  const auto reply = call(message);
  const char* name = nullptr;
  int value = -1;
  check(sd_bus_message_read(reply.get(), "a{si}", 1, &name, &value), "unexpected answer");
  return value;
}

std::string BrokerClient::find_line(const std::string& line) {
  const auto message = new_call(kRoot, kManager, "FindLine");
  check(sd_bus_message_append(message.get(), "s", line.c_str()), "cannot write a call");
  const auto reply = call(message);
  const char* path = nullptr;
  check(sd_bus_message_read(reply.get(), "o", &path), "unexpected answer");
  return path;
}

std::string BrokerClient::direction(const std::string& line_path) {
  const auto message = new_call(line_path.c_str(), "org.freedesktop.DBus.Properties", "Get");
  check(sd_bus_message_append(message.get(), "ss", "org.gpiobroker1.Line", "Direction"),
        "cannot write a call");
  const auto reply = call(message);
  const char* direction = nullptr;
  check(sd_bus_message_read(reply.get(), "v", "s", &direction), "unexpected answer");
  return direction;
}

BrokerClient::Message BrokerClient::new_call(const char* path, const char* interface,
                                             const char* member) {
  sd_bus_message* message = nullptr;
  check(sd_bus_message_new_method_call(bus_.get(), &message, kService, path, interface, member),
        "cannot make a call");
  return {message, &sd_bus_message_unref};
}

BrokerClient::Message BrokerClient::call(const Message& message) {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  sd_bus_message* reply = nullptr;
  if (sd_bus_call(bus_.get(), message.get(), 0, &error, &reply) < 0) {
    const std::string what = std::string(error.name) + ": " + error.message;
    sd_bus_error_free(&error);
    throw std::runtime_error(what);
  }
  return {reply, &sd_bus_message_unref};
}

}  // namespace gpiobroker::bench
