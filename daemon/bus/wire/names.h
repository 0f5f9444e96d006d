// SPDX-License-Identifier: GPL-2.0-or-later
// Where things are on the bus.
#pragma once

#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "core/chip/chip.h"
#include "core/lease/lease.h"

namespace gpiobroker::bus {

inline constexpr const char* kBusName = "org.gpiobroker1";
inline constexpr const char* kRootPath = "/org/gpiobroker1";

/// No object: what a property of type o holds for "none".
inline constexpr const char* kNoObject = "/";

[[nodiscard]] sdbus::ObjectPath chip_path(const core::ChipInfo& chip);
[[nodiscard]] sdbus::ObjectPath line_path(const core::ChipInfo& chip, core::Offset line);
[[nodiscard]] sdbus::ObjectPath lease_path(core::LeaseId lease);

/// The lease with this path; for any other path the id 0, which no lease has.
[[nodiscard]] core::LeaseId lease_id(const sdbus::ObjectPath& path);

}  // namespace gpiobroker::bus
