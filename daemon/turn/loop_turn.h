// SPDX-License-Identifier: GPL-2.0-or-later
// Puts a turn into the event loop, with one timer for all that is due at a time.
#pragma once

#include <optional>

#include "loop/next_turn.h"
#include "loop/timer.h"
#include "turn/lifelines.h"
#include "turn/openers.h"
#include "turn/turn.h"

namespace gpiobroker::turn {

/// Tells the turn what time it is, and has the loop call it.
class LoopTurn {
 public:
  LoopTurn(loop::EventLoop& loop, core::Broker& broker);

  void add(Listener& listener) { turn_.add(listener); }

  [[nodiscard]] core::Instant now() const { return loop_.now(); }
  [[nodiscard]] const core::Counters& counters() const { return turn_.counters(); }

  void settle(core::Change change);
  void client_gone(const core::ClientName& client);
  void edges_ready(core::RequestId request);
  void news_ready(core::ChipId chip);

  /// Ends a lease when what it is to live as long as has ended.
  void watch(core::LeaseId lease, Lifeline lifeline) {
    lifelines_.watch(lease, std::move(lifeline));
  }

  /// Waits for the end of a process that was given descriptors of direct leases.
  void watch_opener(const core::ClientName& opener, loop::Descriptor process) {
    openers_.watch(opener, std::move(process));
  }
  /// Waits for those that are about to end, before the broker stops.
  void wait_for_openers(std::chrono::milliseconds longest) { openers_.wait(longest); }

  /// There may be edges to hand on, or a listener has something due at another time.
  void go_on();

  void note_refused(const std::string& error) { turn_.note_refused(error); }
  void note_unsent() { turn_.note_unsent(); }

  /// Tells at once what is left to tell, before the broker stops.
  void finish() { turn_.finish(loop_.now()); }

 private:
  void follow_up();
  void on_time();
  void on_quiet();
  void set_timer();

  loop::EventLoop& loop_;
  core::Broker& broker_;
  Turn turn_;
  Lifelines lifelines_;
  Openers openers_;
  loop::Timer timer_;
  std::optional<core::Instant> set_to_;  // the timer
  loop::NextTurn next_turn_;
  loop::NextTurn quiet_;
};

}  // namespace gpiobroker::turn
