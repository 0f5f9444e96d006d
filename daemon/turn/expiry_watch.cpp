// SPDX-License-Identifier: GPL-2.0-or-later
// Finds that a time is over first, and judges once what waited in the socket was read.
#include "turn/expiry_watch.h"

#include <utility>

namespace gpiobroker::turn {
namespace {

constexpr core::Instant kMostForOthers = std::chrono::seconds(1);

}  // namespace

void ExpiryWatch::look_after(const core::Lease& lease, core::Instant now) {
  const auto at = core::next_look_at(lease, now);
  if (at && (!next_look_ || *at < *next_look_)) next_look_ = at;
}

std::optional<core::Instant> ExpiryWatch::next_due() const {
  return judged_by_ ? judged_by_ : next_look_;
}

bool ExpiryWatch::on_time(core::Instant now) {
  if (judged_by_) return *judged_by_ <= now;
  if (!next_look_ || now < *next_look_) return false;
  absence_ = now - *next_look_;
  judged_by_ = now + kMostForOthers;
  return false;
}

core::Change ExpiryWatch::judge(core::Instant now) {
  judged_by_.reset();
  core::Change change = expiry_.expire(now, now - std::exchange(absence_, {}));
  next_look_ = expiry_.next_look(now);
  return change;
}

}  // namespace gpiobroker::turn
