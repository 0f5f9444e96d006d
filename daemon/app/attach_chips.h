// SPDX-License-Identifier: GPL-2.0-or-later
// The chips that are there when the daemon starts.
#pragma once

#include "app/options.h"
#include "core/chip/board.h"
#include "gpio/chip_nodes.h"

namespace gpiobroker::app {

/// Attaches simulated chips, if the options name some, or else every chip of the machine, and tells
/// the log of them. The edge source outlives the chips.
void attach_chips(core::Board& board, const Options& options, gpio::ChipNodes& nodes,
                  gpio::EdgeSource& edges);

}  // namespace gpiobroker::app
