// SPDX-License-Identifier: GPL-2.0-or-later
// sd-bus results as exceptions, and its objects as owned ones.
#pragma once

#include <memory>
#include <system_error>

#include <systemd/sd-bus.h>

namespace gpiobroker::test_client {

/// Throws for a negative errno, as sd-bus returns it; passes anything else on.
inline int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
  return result;
}

struct Unref {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
  void operator()(sd_bus* bus) const { sd_bus_unref(bus); }
};

using Message = std::unique_ptr<sd_bus_message, Unref>;
using Bus = std::unique_ptr<sd_bus, Unref>;

}  // namespace gpiobroker::test_client
