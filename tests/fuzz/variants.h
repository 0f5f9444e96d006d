// SPDX-License-Identifier: GPL-2.0-or-later
// Dictionaries that a client could send, from a fuzzer's bytes.
#pragma once

#include "bus/arguments.h"
#include "fuzz/input.h"

namespace gpiobroker::fuzz {

/// A value of any D-Bus type, often one that some option takes.
[[nodiscard]] sdbus::Variant variant_from(Input& input);

/// Keys that there are, and others, each with any value.
[[nodiscard]] bus::Dictionary dictionary_from(Input& input);

/// A line by a name that there is, or any other.
[[nodiscard]] std::string line_from(Input& input);

}  // namespace gpiobroker::fuzz
