// SPDX-License-Identifier: GPL-2.0-or-later
// The XML in dbus/, compiled in: a client that runs as another user may not be let into the
// checkout.
#pragma once

#include <string_view>

namespace gpiobroker::test {

/// What describes the interface of that name; null if nothing does.
[[nodiscard]] const char* shipped_description(std::string_view interface);

/// dbus/org.gpiobroker1.conf: who may talk to the broker on the system bus.
[[nodiscard]] const char* shipped_bus_configuration();

}  // namespace gpiobroker::test
