// SPDX-License-Identifier: GPL-2.0-or-later
// The bus's word that a client is gone: the earliest moment that any broker can know of it.
#pragma once

#include <string>

#include "connect.h"

namespace gpiobroker::bench {

class NameWatch {
 public:
  /// Connects, and sees every name that vanishes from now on.
  explicit NameWatch(const std::string& address);

  /// Blocks until the bus has said that this unique name is gone.
  void wait_gone(const std::string& name);

 private:
  static int on_vanished(sd_bus_message* message, void* self, sd_bus_error* error);

  Bus bus_;
  std::string vanished_;
};

}  // namespace gpiobroker::bench
