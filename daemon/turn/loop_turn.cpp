// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the turn what it wants next after each thing that is done with it.
#include "turn/loop_turn.h"

#include <utility>

namespace gpiobroker::turn {

LoopTurn::LoopTurn(loop::EventLoop& loop, core::Broker& broker)
    : loop_(loop),
      broker_(broker),
      turn_(broker),
      lifelines_(loop,
                 [this](core::LeaseId lease, core::EndReason reason) {
                   settle(broker_.expiry().ended(lease, reason, loop_.now()));
                 }),
      openers_(loop, broker,
               [this](const core::ClientName& opener) {
                 settle(broker_.direct().opener_gone(opener, loop_.now()));
               }),
      timer_(loop, [this] { on_time(); }),
      next_turn_(loop, [this] { follow_up(); }),
      quiet_(
          loop, [this] { on_quiet(); }, loop::NextTurn::Rank::after_others) {
  turn_.add(lifelines_);
  turn_.add(openers_);
  set_timer();
}

void LoopTurn::settle(core::Change change) {
  turn_.settle(std::move(change), loop_.now());
  go_on();
}

void LoopTurn::client_gone(const core::ClientName& client) {
  turn_.client_gone(client, loop_.now());
  go_on();
}

void LoopTurn::edges_ready(core::RequestId request) {
  turn_.edges_ready(request);
  go_on();
}

void LoopTurn::news_ready(core::ChipId chip) {
  turn_.news_ready(chip);
  go_on();
}

void LoopTurn::follow_up() {
  turn_.follow_up(loop_.now());
  go_on();
}

void LoopTurn::on_time() {
  set_to_.reset();
  turn_.on_time(loop_.now());
  go_on();
}

void LoopTurn::on_quiet() {
  turn_.on_quiet(loop_.now());
  go_on();
}

void LoopTurn::go_on() {
  if (turn_.has_reset()) turn_.note_reset_time(loop_.time_in_turn());
  if (turn_.wants_follow_up()) next_turn_.request();
  if (turn_.waits_for_quiet()) quiet_.request();
  set_timer();
}

void LoopTurn::set_timer() {
  const auto next = turn_.next_due();
  if (next == set_to_) return;
  set_to_ = next;
  next ? timer_.set(*next) : timer_.cancel();
}

}  // namespace gpiobroker::turn
