// SPDX-License-Identifier: LGPL-2.1-or-later
// Settings as the a{sv} that the broker takes.
#pragma once

#include <map>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "gpiobroker/settings.h"

namespace gpiobroker::detail {

using Dictionary = std::map<std::string, sdbus::Variant>;

/// The settings that are filled in, by the keys of org.gpiobroker1.Manager. Whether they go
/// together is for the broker to say.
[[nodiscard]] Dictionary to_dictionary(const Settings& settings);

}  // namespace gpiobroker::detail
