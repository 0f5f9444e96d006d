// SPDX-License-Identifier: GPL-2.0-or-later
// Collects refusals for each client, and tells all of one client's together.
#include "bus/callers/untold_refusals.h"

#include <utility>

namespace gpiobroker::bus {

void UntoldRefusals::add(const core::ClientName& client, Calls::Refused refused) {
  untold_[client].push_back(std::move(refused));
  const bool asked = callers_.ask(client, [this, client](const core::Client* caller) {
    tell_of(caller == nullptr ? stranger(client) : *caller);
  });
  if (!asked) tell_of(stranger(client));
}

void UntoldRefusals::tell_of(const core::Client& caller) {
  const auto refused = untold_.extract(caller.name);
  if (refused.empty()) return;
  for (const Calls::Refused& call : refused.mapped()) tell_(caller, call);
}

}  // namespace gpiobroker::bus
