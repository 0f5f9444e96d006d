// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a watch for each client, however many leases it opened.
#include "turn/openers.h"

#include <algorithm>
#include <utility>

#include <poll.h>

namespace gpiobroker::turn {

void Openers::watch(const core::ClientName& opener, loop::Descriptor process) {
  auto watch = std::make_unique<loop::EndWatch>(loop_, process.get(), loop::EndWatch::Of::process,
                                                [this, opener] { ended_(opener); });
  watched_.insert_or_assign(opener, Watched{std::move(process), std::move(watch)});
}

void Openers::wait(std::chrono::milliseconds longest) {
  const auto end = std::chrono::steady_clock::now() + longest;
  for (auto each = watched_.begin(); each != watched_.end();) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd process{.fd = each->second.process.get(), .events = POLLIN, .revents = 0};
    const core::ClientName opener = each->first;
    const bool has_ended = poll(&process, 1, std::max(0, static_cast<int>(left.count()))) > 0;
    ++each;
    if (!has_ended) continue;
    watched_.erase(opener);
    ended_(opener);
  }
}

void Openers::changed(const core::Change& /*change*/, core::Instant /*now*/) {
  std::erase_if(watched_,
                [this](const auto& each) { return !broker_.direct().is_awaited(each.first); });
}

}  // namespace gpiobroker::turn
