// SPDX-License-Identifier: GPL-2.0-or-later
// Calls that are answered when the lines that they ask for are free.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "bus/wire/arguments.h"
#include "core/broker/broker.h"
#include "loop/timer.h"

namespace gpiobroker::bus {

/// Keeps the answers to those who wait in the core's queue.
class WaitingCalls {
 public:
  using Answer = std::function<void(const core::Result<core::LeaseId>&)>;
  using Granted = std::function<void(core::LeaseId, std::optional<Lifeline>)>;

  WaitingCalls(loop::EventLoop& loop, core::Broker& broker, Granted granted);

  /// Answers at once if the lines can be had, or never will be, or the request does not wait; else
  /// later. An earlier request of the same client for the same lines is answered: it waits no more.
  void acquire(const core::Client& holder, const LeaseRequest& request, Answer answer);

  /// Lines may have become free.
  void serve();

  /// A client gives up what it waits for of these lines, or everything if none is named: those
  /// calls are answered.
  void withdraw(const core::ClientName& client, const std::vector<std::string>& lines);

  /// A client is gone: nobody is there to be answered.
  void leave(const core::ClientName& client);

 private:
  struct Call {
    Answer answer;
    std::optional<Lifeline> lifeline;
  };

  void finish(std::vector<core::Served> served);
  void grant(Call& call, core::LeaseId lease);
  void give_up(core::WaiterId id, const char* why);
  void expire();
  void set_timer();

  loop::EventLoop& loop_;
  core::Waiting& waiting_;
  Granted granted_;
  loop::Timer deadline_;
  std::map<core::WaiterId, Call> calls_;  // everybody in the queue
};

}  // namespace gpiobroker::bus
