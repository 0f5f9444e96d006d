// SPDX-License-Identifier: LGPL-2.1-or-later
// The connection to a bus that a broker, its leases and their watches share.
#pragma once

#include <memory>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "gpiobroker/lease_watch.h"
#include "src/errors.h"

namespace gpiobroker::detail {

class Connection {
 public:
  /// Connects to the bus at the address, to the system bus if it is empty.
  explicit Connection(const std::string& address);

  [[nodiscard]] sdbus::IConnection& bus() const { return *bus_; }

  /// Does `call()` and throws Error, made by `translate`, where sdbus-c++ throws its own.
  template <class Call>
  auto carry_out(Call call, decltype(to_error) translate = to_error) const {
    try {
      return call();
    } catch (const sdbus::Error& error) {
      throw translate(error, name_);
    }
  }

  /// Hears signals of a sender, as hear_signal() does, when they are processed. Throws Error.
  [[nodiscard]] sdbus::Slot watch(const std::string& sender, const std::string& rule,
                                  sdbus::message_handler heard) const;

  /// Handles what has come in, without waiting. Throws Error: Disconnected.
  void process() const;

  [[nodiscard]] Pollable pollable() const;

 private:
  std::string name_;  // how messages call the bus
  std::unique_ptr<sdbus::IConnection> bus_;
};

}  // namespace gpiobroker::detail
