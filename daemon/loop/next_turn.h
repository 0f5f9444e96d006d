// SPDX-License-Identifier: GPL-2.0-or-later
// Work for a later turn of the event loop: before anything else is looked at, or after it.
#pragma once

#include <functional>

#include "loop/event_loop.h"

namespace gpiobroker::loop {

/// For what must not be done inside the callback that finds it necessary, such as ending the
/// object that the callback belongs to.
class NextTurn {
 public:
  enum class Rank {
    before_others,
    after_others,  ///< once nothing else is ready, messages of the bus included
  };

  NextTurn(EventLoop& loop, std::function<void()> callback, Rank rank = Rank::before_others);
  NextTurn(const NextTurn&) = delete;
  NextTurn& operator=(const NextTurn&) = delete;
  ~NextTurn() = default;

  /// Calls back once, in the next turn or, after others, as soon as nothing else is ready, however
  /// often it was requested until then.
  void request();

 private:
  static int on_turn(sd_event_source*, void* self);

  EventLoop& loop_;
  std::function<void()> callback_;
  Source source_{nullptr, &sd_event_source_disable_unref};
};

}  // namespace gpiobroker::loop
