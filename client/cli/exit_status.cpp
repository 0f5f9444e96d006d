// SPDX-License-Identifier: LGPL-2.1-or-later
// Looks the reason up in a table; one that is not there is a failure like any other.
#include "cli/exit_status.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

constexpr std::array<std::pair<std::string_view, ExitStatus>, 17> kStatuses{
    {{"DuplicateLine", kUsage},
     {"UnknownSetting", kUsage},
     {"InvalidSetting", kUsage},
     {"InvalidValue", kUsage},
     {"NoShell", kUsage},
     {"Busy", kBusy},
     {"InUse", kBusy},
     {"ServesPeripheral", kBusy},
     {"Quarantined", kBusy},
     {kAccessDenied, kNoAccess},
     {"Denied", kNoAccess},
     {"QuotaExceeded", kNoAccess},
     {"PermissionDenied", kNoAccess},
     {"UnknownCaller", kNoAccess},
     {"BadConfiguration", kUnavailable},
     {kDisconnected, kUnavailable},
     {kNoBroker, kUnavailable}}};

}  // namespace

ExitStatus exit_status_of(std::string_view reason) {
  const auto* const entry =
      std::ranges::find(kStatuses, reason, &decltype(kStatuses)::value_type::first);
  return entry == kStatuses.end() ? kFailed : entry->second;
}

const char* const kExitStatusHelp =
    "Exit status: 0 ok, 1 error, 2 usage, 3 busy (somebody else has the line), 4 no access,\n"
    "5 broker unavailable (no bus, no broker on it, lost while holding lines, or its\n"
    "configuration is wrong).\n"
    "`hold` exits as its command does, with 128+N if signal N ended it, 126 if it cannot be run\n"
    "and 127 if it is not found.";

}  // namespace gpiobroker::cli
