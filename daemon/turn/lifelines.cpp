// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a watch for each lease that lives as long as a process or a pipe.
#include "turn/lifelines.h"

#include <utility>

namespace gpiobroker::turn {

void Lifelines::watch(core::LeaseId lease, Lifeline lifeline) {
  const core::EndReason reason = lifeline.what == loop::EndWatch::Of::process
                                     ? core::EndReason::process_gone
                                     : core::EndReason::fd_closed;
  auto watch = std::make_unique<loop::EndWatch>(loop_, lifeline.fd.get(), lifeline.what,
                                                [this, lease, reason] { ended_(lease, reason); });
  watched_.insert_or_assign(lease, Watched{std::move(lifeline.fd), std::move(watch)});
}

void Lifelines::changed(const core::Change& change, core::Instant /*now*/) {
  for (const core::EndedLease& lease : change.ended) watched_.erase(lease.id);
}

}  // namespace gpiobroker::turn
