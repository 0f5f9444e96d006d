// SPDX-License-Identifier: LGPL-2.1-or-later
// Waits for the bus and other descriptors while lines are held.
#pragma once

#include <initializer_list>

#include "gpiobroker/lease_watch.h"

namespace gpiobroker::cli {

/// Waits until the bus has something to handle or one of the descriptors can be read, or the reader
/// of `output` is gone, if there is an output. May return without any: look, and come back.
void wait_for(const Pollable& bus, std::initializer_list<int> readable, int output = -1);

}  // namespace gpiobroker::cli
