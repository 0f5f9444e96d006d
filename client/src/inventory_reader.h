// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the properties of the broker's objects into plain values.
#pragma once

#include <map>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "gpiobroker/inventory.h"
#include "gpiobroker/status.h"
#include "src/property_value.h"

namespace gpiobroker::detail {

/// What Properties.GetAll answers.
using Properties = std::map<sdbus::PropertyName, PropertyValue>;
/// What ObjectManager.GetManagedObjects answers: object, interface, property.
using Objects = std::map<sdbus::ObjectPath, std::map<sdbus::InterfaceName, Properties>>;

/// A property that is not there is left at its default: an older broker may lack it. The name of
/// the line's chip is left empty, since only the chip has it.
[[nodiscard]] LineInfo read_line_info(const std::string& path, const Properties& properties);

[[nodiscard]] Inventory read_inventory(const Objects& objects);

/// Of the Manager.
[[nodiscard]] Status read_status(const Properties& properties);

}  // namespace gpiobroker::detail
