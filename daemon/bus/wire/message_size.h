// SPDX-License-Identifier: GPL-2.0-or-later
// Tells how large a message is before anything is made of it.
#pragma once

#include <cstddef>

#include <systemd/sd-bus.h>

namespace gpiobroker::bus {

/// The size of what a message brings, its path and its body, in bytes: about as it was sent.
/// Nothing is copied, and the message is left as if nobody had looked at it. Counts no further than
/// to `most`: more is told of what is larger, or is no message.
///
/// The bus library has the whole of a message in memory before anybody can look at it, and does not
/// tell its size.
[[nodiscard]] std::size_t size_of(sd_bus_message& message, std::size_t most);

}  // namespace gpiobroker::bus
