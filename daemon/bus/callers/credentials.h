// SPDX-License-Identifier: GPL-2.0-or-later
// Turns the bus's answer about a client into a core::Client.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "core/lease/client.h"

namespace gpiobroker::bus {

/// What GetConnectionCredentials answers (D-Bus specification, message bus messages).
using Credentials = std::map<std::string, sdbus::Variant>;

/// The holder, or nothing without a user id and its groups: there is no default for those. Unit
/// and command are looked up by process id, for people to read; no decision may rest on them. The
/// unit is vouched for only where the bus names the process by a ProcessFD (dbus-daemon from
/// 1.15.8, dbus-broker from 34).
[[nodiscard]] std::optional<core::Client> holder_from(const core::ClientName& client,
                                                      const Credentials& answer);

}  // namespace gpiobroker::bus
