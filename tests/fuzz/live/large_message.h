// SPDX-License-Identifier: GPL-2.0-or-later
// Messages of many mebibytes, as large as a bus passes on.
#pragma once

#include "fuzz/live/messages.h"

namespace gpiobroker::fuzz {

/// A call, signal, answer or error whose body has at most so many bytes, mostly a little fewer.
[[nodiscard]] Outgoing large_message(Random& random, std::size_t most);

}  // namespace gpiobroker::fuzz
