// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps calls that are answered when a lease has edges.
#pragma once

#include <deque>
#include <functional>
#include <map>

#include "bus/objects/edge_outlet.h"
#include "turn/loop_turn.h"

namespace gpiobroker::bus {

class EdgeCalls : public turn::Listener {
 public:
  /// Answers a call. False if the bus did not take the answer.
  using Answer = std::function<bool(const core::Result<EdgeMessages>&)>;

  EdgeCalls(turn::LoopTurn& turn, core::Broker& broker) : turn_(turn), outlet_(broker) {
    turn.add(*this);
  }

  struct Wanted {
    core::ClientName client;
    ReceivedEdge received;
    core::Instant time;  ///< how long it waits
  };

  /// Answers with edges as soon as there are some, or with none when the time is over. They are
  /// gone then, unless the caller says what it has received: then it gets them again until it says
  /// that it has. Refused: quota_exceeded; invalid_value, if it cannot have received that;
  /// no_such_lease, if it ends meanwhile; busy, if the same client calls again.
  void wait(core::LeaseId lease, const Wanted& wanted, Answer answer);

  /// A lease has ended, or its edges go elsewhere: who waits for them is told.
  void forget(core::LeaseId lease);

  /// A lease was opened directly: who waits for its edges is told that none come.
  void opened(core::LeaseId lease);

  void changed(const core::Change& change, core::Instant now) override;
  void edges_came(const std::set<core::LeaseId>& leases) override;
  void client_gone(const core::ClientName& client) override;
  [[nodiscard]] std::optional<core::Instant> next_due() const override;
  void on_time(core::Instant now) override;

 private:
  struct Waiter {
    core::ClientName client;
    ReceivedEdge received;
    core::Instant deadline;
    Answer answer;
  };

  void supersede(core::LeaseId lease, const core::ClientName& client);
  void forget_all_but(const core::ClientName& holder, core::LeaseId lease);
  void answer_waiters(core::LeaseId lease);
  template <class Predicate>
  void remove_waiters_of(core::LeaseId lease, Predicate over);
  template <class Predicate>
  void remove_waiters_if(Predicate over);

  turn::LoopTurn& turn_;
  EdgeOutlet outlet_;
  std::map<core::LeaseId, std::deque<Waiter>> waiters_;  // in the order of their calls
};

}  // namespace gpiobroker::bus
