// SPDX-License-Identifier: GPL-2.0-or-later
// Watches a line's direction while its holder is killed.
#pragma once

#include <functional>
#include <string>

#include "broker_client.h"

namespace gpiobroker::bench {

/// Returns once the line is an input.
using LineProbe = std::function<void()>;

/// Asks the broker: an upper bound, a call too late at most. The only way for a simulated chip.
[[nodiscard]] LineProbe probe_through_broker(const BrokerClient& client, const std::string& line);

/// Sleeps until the kernel says so, past the broker and the bus: asking again and again would keep
/// the only processor of a small machine from the broker. Throws std::system_error.
[[nodiscard]] LineProbe probe_through_kernel(const std::string& device, unsigned offset);

}  // namespace gpiobroker::bench
