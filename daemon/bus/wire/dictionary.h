// SPDX-License-Identifier: GPL-2.0-or-later
// How settings and options come over the bus: by name, as variants.
#pragma once

#include <map>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

namespace gpiobroker::bus {

using Dictionary = std::map<std::string, sdbus::Variant>;

/// A line as its caller names it, with settings of its own.
using LineWithSettings = sdbus::Struct<std::string, Dictionary>;

}  // namespace gpiobroker::bus
