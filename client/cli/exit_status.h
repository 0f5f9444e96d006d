// SPDX-License-Identifier: LGPL-2.1-or-later
// The exit statuses of the command, by which a script can tell why it failed.
#pragma once

#include <string_view>

namespace gpiobroker::cli {

/// Part of the command's interface: numbers stay as they are.
enum ExitStatus : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,        ///< the command line, or settings that do not go together
  kBusy = 3,         ///< somebody else has the line
  kNoAccess = 4,     ///< this user may not
  kUnavailable = 5,  ///< no bus, or no broker on it

  // As a shell has it, for `hold`.
  kCannotRun = 126,
  kNotFound = 127,
  kSignalled = 128,  ///< plus the signal's number
};

/// The status for an Error's reason.
[[nodiscard]] ExitStatus exit_status_of(std::string_view reason);

/// The statuses, for --help.
extern const char* const kExitStatusHelp;

}  // namespace gpiobroker::cli
