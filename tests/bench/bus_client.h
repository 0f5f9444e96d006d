// SPDX-License-Identifier: GPL-2.0-or-later
// Calls on the bus, message by message, by plain sd-bus so that no binding is measured.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "connect.h"

namespace gpiobroker::bench {

using Message = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

/// Where a call goes.
struct Target {
  const char* service;
  std::string path;
  const char* interface;
};

/// A connection for calls that block until they are answered. Errors throw std::runtime_error with
/// the error's name and message.
class BusClient {
 public:
  explicit BusClient(const std::string& address);

  /// The connection's unique name.
  [[nodiscard]] std::string name() const;

  [[nodiscard]] Message new_call(const Target& target, const char* member) const;
  Message call(const Message& message) const;

  /// As "arguments" of sd_bus_message_append(3).
  template <class... Arguments>
  Message call(const Target& target, const char* member, const char* types,
               Arguments... arguments) const {
    const Message message = new_call(target, member);
    check(sd_bus_message_append(message.get(), types, arguments...), "cannot write a call");
    return call(message);
  }

  /// Whether somebody has this name.
  [[nodiscard]] bool has_owner(const char* service) const;

  /// Handles what comes until that is so.
  void process_until(const std::function<bool()>& is_so) const;

  [[nodiscard]] sd_bus* get() const { return bus_.get(); }

 private:
  Bus bus_;
};

/// Reads one value, as sd_bus_message_read(3).
template <class... Values>
void read(const Message& message, const char* types, Values... values) {
  check(sd_bus_message_read(message.get(), types, values...), "unexpected answer");
}

}  // namespace gpiobroker::bench
