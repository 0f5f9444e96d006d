// SPDX-License-Identifier: GPL-2.0-or-later
// The client's connection to the bus, by plain sd-bus: the broker is written with another library.
#pragma once

#include <string>
#include <utility>

#include "client/json_message.h"

namespace gpiobroker::test_client {

class Connection {
 public:
  explicit Connection(const std::string& address);

  [[nodiscard]] std::string unique_name() const;

  /// A call as the test describes it: destination, path, interface, member, signature, arguments.
  [[nodiscard]] Message new_call(const Json& call) const;

  /// {"ok": values} or {"error": name, "message": text}.
  Json call(sd_bus_message* message);

  /// Sends, and forgets the answer.
  void send(sd_bus_message* message);

  /// Keeps a message unsent.
  void keep(Message message) { kept_ = std::move(message); }

  /// Keeps the signals that fit.
  void watch(const std::string& rule);
  Json take_signals();

 private:
  static int on_signal(sd_bus_message* message, void* self, sd_bus_error*);

  Bus bus_;
  Message kept_;
  Json signals_ = Json::array();
};

}  // namespace gpiobroker::test_client
