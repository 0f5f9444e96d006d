// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line as a whole.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "cli/verb.h"

namespace gpiobroker::cli {

/// What the user asks for.
struct Request {
  CommonOptions common;
  Action action;
};

/// Reads the words of main() by the grammar that `add_verbs` makes. Returns the exit status where
/// that is all: help or version was printed, or what is wrong was reported.
[[nodiscard]] std::optional<int> read_command_line(std::span<char*> words,
                                                   const std::function<void(Verb&)>& add_verbs,
                                                   Request& request);

}  // namespace gpiobroker::cli
