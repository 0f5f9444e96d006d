// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps refusals to clients of whom the bus has not told yet, to log them with names later.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "bus/callers/callers.h"
#include "bus/callers/calls.h"

namespace gpiobroker::bus {

/// The client is answered at once. Whose it is stands in the log, so that waits for the bus.
class UntoldRefusals {
 public:
  using Tell = std::function<void(const core::Client&, const Calls::Refused&)>;

  UntoldRefusals(Callers& callers, Tell tell) : callers_(callers), tell_(std::move(tell)) {}

  /// Tells of it once the bus has said who that is, or at once if it cannot be asked.
  void add(const core::ClientName& client, Calls::Refused refused);

  /// A client is gone: tells of what is left as of a stranger's.
  void forget(const core::ClientName& client) { tell_of(stranger(client)); }

 private:
  void tell_of(const core::Client& caller);

  Callers& callers_;
  Tell tell_;
  std::map<core::ClientName, std::vector<Calls::Refused>> untold_;  // of each such client
};

}  // namespace gpiobroker::bus
