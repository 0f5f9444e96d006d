// SPDX-License-Identifier: GPL-2.0-or-later
// Collects what changed, and sends the signals when the burst is over.
#include "bus/objects/announcer.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::bus {
namespace {

constexpr std::chrono::milliseconds kBurstDistance{20};

}  // namespace

Announcer::Announcer(loop::EventLoop& loop, std::function<void(const PendingSignals&)> announce)
    : loop_(loop), announce_(std::move(announce)), timer_(loop, [this] { flush(); }) {}

void Announcer::granted(core::LeaseId lease) {
  pending_.granted.insert(lease);
  schedule();
}

void Announcer::changed(core::LeaseId lease) {
  if (!pending_.granted.contains(lease)) pending_.changed.insert(lease);
  schedule();
}

void Announcer::ended(core::LeaseId lease) {
  pending_.changed.erase(lease);
  if (pending_.granted.erase(lease) == 0) pending_.ended.insert(lease);
  schedule();
}

void Announcer::line_changed(core::LineId line) {
  pending_.lines.insert(line);
  schedule();
}

void Announcer::quarantine_changed() {
  pending_.quarantine = true;
  schedule();
}

void Announcer::flush() {
  scheduled_ = false;
  last_burst_ = loop_.now();
  announce_(std::exchange(pending_, {}));
}

void Announcer::schedule() {
  if (scheduled_) return;
  scheduled_ = true;
  timer_.set(std::max(loop_.now(), last_burst_ + kBurstDistance));
}

}  // namespace gpiobroker::bus
