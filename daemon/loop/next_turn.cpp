// SPDX-License-Identifier: GPL-2.0-or-later
// Uses a deferred source of sd-event that goes ahead of all others, or behind them.
#include "loop/next_turn.h"

namespace gpiobroker::loop {
namespace {

// After what is read of descriptors (ReadWatch), which is after all else.
constexpr std::int64_t kAfterOthers = SD_EVENT_PRIORITY_NORMAL + 20;

}  // namespace

NextTurn::NextTurn(EventLoop& loop, std::function<void()> callback, Rank rank)
    : loop_(loop), callback_(std::move(callback)) {
  sd_event_source* source = nullptr;
  checked(sd_event_add_defer(loop.get(), &source, on_turn, this), "cannot defer work");
  source_.reset(source);
  checked(sd_event_source_set_enabled(source, SD_EVENT_OFF), "cannot defer work");
  const std::int64_t priority =
      rank == Rank::before_others ? std::int64_t{SD_EVENT_PRIORITY_IMPORTANT} : kAfterOthers;
  checked(sd_event_source_set_priority(source, priority), "cannot defer work");
  if (rank != Rank::before_others) return;
  // A turn of its own would cost as much as a message. So it is done before the loop looks for what
  // else there is; what it asks for itself has the next turn.
  const auto on_prepare = [](sd_event_source* of, void* self) {
    const int done = sd_event_source_set_enabled(of, SD_EVENT_OFF);
    return done < 0 ? done : on_turn(of, self);
  };
  checked(sd_event_source_set_prepare(source, on_prepare), "cannot defer work");
}

void NextTurn::request() {
  checked(sd_event_source_set_enabled(source_.get(), SD_EVENT_ONESHOT), "cannot defer work");
}

int NextTurn::on_turn(sd_event_source*, void* self) {
  auto& turn = *static_cast<NextTurn*>(self);
  return turn.loop_.guarded(turn.callback_);
}

}  // namespace gpiobroker::loop
