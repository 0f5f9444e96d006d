// SPDX-License-Identifier: GPL-2.0-or-later
// From the bus's answer about a client to a holder.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "core/holder.h"

namespace gpiobroker::bus {

/// What GetConnectionCredentials answers (D-Bus specification, message bus messages).
using Credentials = std::map<std::string, sdbus::Variant>;

/// The holder, or nothing without a user id: there is no default for that. Unit and command are
/// looked up by process id, for people to read; no decision may rest on them.
[[nodiscard]] std::optional<core::Holder> holder_from(const core::ClientName& client,
                                                      const Credentials& answer);

}  // namespace gpiobroker::bus
