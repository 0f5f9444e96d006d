// SPDX-License-Identifier: LGPL-2.1-or-later
// What all verbs have in common.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace gpiobroker::cli {

/// What stands outside the verb on the command line.
struct CommonOptions {
  std::string address;               ///< of the bus; empty: the system bus
  bool json = false;                 ///< print JSON instead of text
  std::vector<std::string> command;  ///< what follows "--"
};

/// What a verb does once the whole command line is read. Returns the exit status; throws Error.
using Action = std::function<int(const CommonOptions&)>;

// Each verb is a function
//
//     void add_VERB(CLI::App& app, Action& chosen);
//
// that adds it to the command line; `chosen` becomes its action if it is what the user asks for.

}  // namespace gpiobroker::cli
