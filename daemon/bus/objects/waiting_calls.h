// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps calls that are answered when the lines that they ask for are free.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "bus/wire/arguments.h"
#include "core/broker/broker.h"
#include "turn/loop_turn.h"

namespace gpiobroker::bus {

/// Keeps the answers to those who wait in the core's queue.
class WaitingCalls : public turn::Listener {
 public:
  using Answer = std::function<void(const core::Result<core::LeaseId>&)>;

  WaitingCalls(turn::LoopTurn& turn, core::Broker& broker)
      : turn_(turn), waiting_(broker.waiting()) {
    turn.add(*this);
  }

  /// Answers at once if the lines can be had, or never will be, or the request does not wait; else
  /// later. An earlier request of the same client for the same lines is answered: it waits no more.
  void acquire(const core::Client& holder, const LeaseRequest& request, Answer answer);

  /// A client gives up what it waits for of these lines, or everything if none is named: those
  /// calls are answered.
  void withdraw(const core::ClientName& client, const std::vector<std::string>& lines);

  void served(const core::Served& waiter) override;

  /// Nobody is there to be answered.
  void client_gone(const core::ClientName& client) override;

 private:
  struct Call {
    core::ClientName client;
    Answer answer;
    std::optional<Lifeline> lifeline;
  };

  void grant(Call& call, core::LeaseId lease);
  void give_up(core::WaiterId id, const char* why);

  turn::LoopTurn& turn_;
  core::Waiting& waiting_;
  std::map<core::WaiterId, Call> calls_;  // everybody in the queue
};

}  // namespace gpiobroker::bus
