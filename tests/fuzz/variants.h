// SPDX-License-Identifier: GPL-2.0-or-later
// Dictionaries that a client could send, from a fuzzer's bytes.
#pragma once

#include "bus/wire/arguments.h"
#include "fuzz/input.h"

namespace gpiobroker::fuzz {

/// Keys that there are, and others, each with a value of any D-Bus type, often one that some option
/// takes.
[[nodiscard]] bus::Dictionary dictionary_from(Input& input);

/// A line by a name that there is, or any other.
[[nodiscard]] std::string line_from(Input& input);

}  // namespace gpiobroker::fuzz
