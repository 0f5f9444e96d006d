// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a watch for each client, however many leases it opened.
#include "turn/openers.h"

#include <utility>

namespace gpiobroker::turn {

void Openers::watch(const core::ClientName& opener, loop::Descriptor process) {
  auto watch = std::make_unique<loop::EndWatch>(loop_, process.get(), loop::EndWatch::Of::process,
                                                [this, opener] { ended_(opener); });
  watched_.insert_or_assign(opener, Watched{std::move(process), std::move(watch)});
}

void Openers::changed(const core::Change& /*change*/, core::Instant /*now*/) {
  std::erase_if(watched_,
                [this](const auto& each) { return !broker_.direct().is_awaited(each.first); });
}

}  // namespace gpiobroker::turn
