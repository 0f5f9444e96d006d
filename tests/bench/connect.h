// SPDX-License-Identifier: GPL-2.0-or-later
// A plain sd-bus connection.
#pragma once

#include <memory>
#include <string>

#include <systemd/sd-bus.h>

namespace gpiobroker::bench {

using Bus = std::unique_ptr<sd_bus, decltype(&sd_bus_flush_close_unref)>;

/// Throws std::system_error where the result of a call to libsystemd is an error.
void check(int result, const char* what);

/// A started connection to the message bus at an address. Throws std::system_error.
[[nodiscard]] Bus connect(const std::string& address);

}  // namespace gpiobroker::bench
