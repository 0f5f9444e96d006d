// SPDX-License-Identifier: GPL-2.0-or-later
// Watches a line's direction while its holder is killed.
#pragma once

#include <functional>
#include <string>

#include "broker_client.h"

namespace gpiobroker::bench {

/// Whether the line is an input now.
using LineProbe = std::function<bool()>;

/// Asks the broker: an upper bound, a call too late at most. The only way for a simulated chip.
[[nodiscard]] LineProbe probe_through_broker(BrokerClient& client, const std::string& line);

/// Asks the kernel, past the broker and the bus. Throws std::system_error.
[[nodiscard]] LineProbe probe_through_kernel(const std::string& device, unsigned offset);

}  // namespace gpiobroker::bench
