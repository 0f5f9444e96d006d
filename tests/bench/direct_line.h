// SPDX-License-Identifier: GPL-2.0-or-later
// A line that is leased directly: the broker's duplicate of the kernel's request.
#pragma once

#include <optional>
#include <string>

#include "bare_line.h"
#include "broker_client.h"

namespace gpiobroker::bench {

/// Leased as long as the client is there. None where the broker does not know of such leases.
[[nodiscard]] std::optional<BareLine> open_directly(const BrokerClient& client,
                                                    const std::string& line,
                                                    BrokerClient::DirectUse use);

}  // namespace gpiobroker::bench
