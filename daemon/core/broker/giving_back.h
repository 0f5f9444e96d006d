// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of lines that are reset: free, parked, or kept as they are.
#pragma once

#include <vector>

#include "core/broker/state.h"

namespace gpiobroker::core {

/// Gives lines back to the kernel that nobody has any more, and holds on to those that the
/// administrator has parked, or that closing might change although they are to be kept.
void give_back(BrokerState& state, const std::vector<LineId>& lines);

}  // namespace gpiobroker::core
