// SPDX-License-Identifier: GPL-2.0-or-later
// One function per call.
#include "broker_client.h"

#include <fcntl.h>

namespace gpiobroker::bench {
namespace {

constexpr const char* kService = "org.gpiobroker1";
constexpr const char* kRoot = "/org/gpiobroker1";

Target manager() {
  return {kService, kRoot, "org.gpiobroker1.Manager"};
}

std::string text_of(const Message& reply, const char* type) {
  const char* text = nullptr;
  read(reply, type, &text);
  return text;
}

}  // namespace

Target lease_at(const std::string& path) {
  return {kService, path, "org.gpiobroker1.Lease"};
}

void BrokerClient::ping() const {
  bus_.call({kService, kRoot, "org.freedesktop.DBus.Peer"}, "Ping", "");
}

std::string BrokerClient::acquire(const std::string& line, int value) const {
  return text_of(bus_.call(manager(), "AcquireLines", "asa{sv}", 1, line.c_str(), 2, "direction",
                           "s", "output", "value", "i", value),
                 "o");
}

std::string BrokerClient::acquire_edges(const std::string& line) const {
  return text_of(bus_.call(manager(), "AcquireLines", "asa{sv}", 1, line.c_str(), 2, "direction",
                           "s", "input", "edge", "s", "both"),
                 "o");
}

test::FileDescriptor BrokerClient::open_direct(const std::string& line, DirectUse use) const {
  const bool is_output = use == DirectUse::output;
  const std::string lease =
      text_of(bus_.call(manager(), "AcquireLines", "asa{sv}", 1, line.c_str(), 3, "direct", "b", 1,
                        "direction", "s", is_output ? "output" : "input", "edge", "s",
                        is_output ? "none" : "both"),
              "o");
  const Message reply = bus_.call(lease_at(lease), "OpenDirect", "a{sv}", 0);
  int request = -1;
  check(sd_bus_message_enter_container(reply.get(), 'a', "(ash)"), "unexpected answer");
  check(sd_bus_message_enter_container(reply.get(), 'r', "ash"), "unexpected answer");
  check(sd_bus_message_skip(reply.get(), "as"), "unexpected answer");
  read(reply, "h", &request);
  return test::FileDescriptor(
      test::checked(fcntl(request, F_DUPFD_CLOEXEC, 0), "cannot keep a descriptor"));
}

void BrokerClient::release(const std::string& lease) const {
  bus_.call(lease_at(lease), "Release", "asa{sv}", 0, 0);
}

void BrokerClient::set(const std::string& lease, const std::string& line, int value) const {
  bus_.call(lease_at(lease), "SetValues", "a{si}", 1, line.c_str(), value);
}

int BrokerClient::get(const std::string& lease, const std::string& line) const {
  const char* name = nullptr;
  int value = -1;
  read(bus_.call(lease_at(lease), "GetValues", "as", 1, line.c_str()), "a{si}", 1, &name, &value);
  return value;
}

std::string BrokerClient::find_line(const std::string& line) const {
  return text_of(bus_.call(manager(), "FindLine", "s", line.c_str()), "o");
}

std::string BrokerClient::direction(const std::string& line_path) const {
  const auto reply = bus_.call({kService, line_path, "org.freedesktop.DBus.Properties"}, "Get",
                               "ss", "org.gpiobroker1.Line", "Direction");
  const char* direction = nullptr;
  read(reply, "v", "s", &direction);
  return direction;
}

}  // namespace gpiobroker::bench
