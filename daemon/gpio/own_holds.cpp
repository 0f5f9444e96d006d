// SPDX-License-Identifier: GPL-2.0-or-later
// Compares the time of an event with those at which the broker's requests began and ended.
#include "gpio/own_holds.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::gpio {
namespace {

using What = core::LineNews::What;

/// How many holds of a line are remembered. The kernel's queue has room for 32 events, of which a
/// hold makes two; but it keeps the oldest.
constexpr std::size_t kMostHolds = 32;

OwnHolds::Time time_now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

}  // namespace

template <class Change>
void OwnHolds::change(Id hold, Change make) {
  for (auto& [line, of_line] : holds_) {
    const auto found = std::ranges::lower_bound(of_line.last, hold, {}, &Hold::id);
    if (found != of_line.last.end() && found->id == hold) make(*found);
  }
}

OwnHolds::Id OwnHolds::begin(std::span<const core::Offset> lines, Time now) {
  const std::lock_guard lock(mutex_);
  const Id id = ++last_;
  try {
    for (const core::Offset line : lines) {
      HoldsOfLine& of_line = holds_[line];
      of_line.last.push_back({.id = id, .begun = now});
      if (of_line.last.size() <= kMostHolds) continue;
      const Hold& first = of_line.last.front();
      if (!first.released_seen) of_line.forgotten_until = std::min(first.closed, now);
      of_line.last.pop_front();
    }
  } catch (...) {
    change(id, [now](Hold& each) { each.closed = now; });
    throw;
  }
  return id;
}

void OwnHolds::taken(Id hold, Time now) {
  const std::lock_guard lock(mutex_);
  change(hold, [now](Hold& each) { each.taken = now; });
}

void OwnHolds::set_apart(core::Offset line, bool apart, Time now) {
  const std::lock_guard lock(mutex_);
  if (apart) {
    apart_.try_emplace(line, now);
  } else {
    apart_.erase(line);
  }
}

void OwnHolds::closing(Id hold, Time now) {
  const std::lock_guard lock(mutex_);
  change(hold, [now](Hold& each) { each.closing = now; });
}

void OwnHolds::closed(Id hold, Time now) {
  const std::lock_guard lock(mutex_);
  change(hold, [now](Hold& each) { each.closed = now; });
}

OwnHolds::Whose OwnHolds::judge(core::Offset line, What what, Time time) {
  const std::lock_guard lock(mutex_);
  const auto of_line = holds_.find(line);
  if (of_line == holds_.end()) return judge_apart(line, what, time, Whose::others);
  Whose whose = time <= of_line->second.forgotten_until ? Whose::unclear : Whose::others;
  for (Hold& hold : of_line->second.last) {
    if (time < hold.begun || time > hold.closed) continue;
    const Whose by_this = judge(hold, what, time);
    if (by_this == Whose::own) return judge_apart(line, what, time, by_this);
    if (by_this == Whose::unclear) whose = by_this;
  }
  return judge_apart(line, what, time, whose);
}

/// What somebody else configures in the very moment in which the broker does cannot be told from
/// its own: whoever hears of it looks at the line.
OwnHolds::Whose OwnHolds::judge_apart(core::Offset line, What what, Time time, Whose whose) const {
  const auto apart_since = apart_.find(line);
  if (apart_since == apart_.end() || time < apart_since->second) return whose;
  return what == What::requested ? whose : Whose::others;
}

/// A request that is refused takes some of its lines and gives them back, or none: what happens to
/// them meanwhile may be anybody's doing. One that succeeds takes each once and releases none. What
/// somebody else released just before may have its time from just after.
OwnHolds::Whose OwnHolds::judge(Hold& hold, What what, Time time) {
  const auto first = [](bool& seen) {
    return std::exchange(seen, true) ? Whose::others : Whose::own;
  };
  if (hold.taken == kNever) return Whose::unclear;
  if (what == What::requested && time <= hold.taken) return first(hold.requested_seen);
  if (what == What::released && time >= hold.closing) return first(hold.released_seen);
  const bool held = time >= hold.taken && time <= hold.closing;
  return held && what == What::configured ? Whose::own : Whose::others;
}

OwnHolds::Standing OwnHolds::standing(core::Offset line) const {
  const std::lock_guard lock(mutex_);
  const Hold* last = last_hold(line);
  if (last == nullptr || last->closed != kNever) return Standing::free;
  return last->taken == kNever || last->closing != kNever ? Standing::pending : Standing::held;
}

bool OwnHolds::held_since(core::Offset line, Time time) const {
  const std::lock_guard lock(mutex_);
  const auto of_line = holds_.find(line);
  if (of_line == holds_.end()) return false;
  if (of_line->second.forgotten_until >= time) return true;
  return std::ranges::any_of(of_line->second.last, [time](const Hold& hold) {
    return hold.taken != kNever && hold.closed >= time && !hold.released_seen;
  });
}

const OwnHolds::Hold* OwnHolds::last_hold(core::Offset line) const {
  const auto of_line = holds_.find(line);
  if (of_line == holds_.end() || of_line->second.last.empty()) return nullptr;
  return &of_line->second.last.back();
}

OwnHold::OwnHold(std::shared_ptr<OwnHolds> holds, std::span<const core::Offset> lines)
    : holds_(std::move(holds)), id_(holds_->begin(lines, time_now())) {}

OwnHold::~OwnHold() {
  if (holds_) holds_->closed(id_, time_now());
}

void OwnHold::taken() {
  holds_->taken(id_, time_now());
}

void OwnHold::closing() {
  holds_->closing(id_, time_now());
}

}  // namespace gpiobroker::gpio
