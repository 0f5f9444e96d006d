// SPDX-License-Identifier: GPL-2.0-or-later
// Brings edges to the clients that want them, no faster than they read.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "bus/wire/edge_messages.h"
#include "bus/wire/outbox.h"
#include "core/broker/broker.h"
#include "loop/next_turn.h"
#include "loop/timer.h"

namespace gpiobroker::bus {

/// The bus takes whatever is sent to a client that does not read, until its memory is full or it
/// drops the message or the client. So after a burst of edges nothing more is sent to a client
/// until it has answered a Ping, which it gets to see when it has read what came before. What comes
/// meanwhile stays in the queues of its leases, which are bounded, and lose the oldest. There is
/// one Ping at a time. Any answer of the client's own counts; what the bus says in its place does
/// not.
class EdgeDelivery {
 public:
  /// The number of the last edge that a caller has received; nothing if it does not say.
  using Received = std::optional<std::uint64_t>;
  /// Answers a call. False if the bus did not take the answer.
  using Answer = std::function<bool(const core::Result<EdgeMessages>&)>;
  /// Sends edges of a lease to a client, in one signal. False if the bus did not take it.
  using Send = std::function<bool(core::LeaseId, const core::ClientName&, const EdgeMessages&)>;

  EdgeDelivery(sdbus::IConnection& connection, Outbox& outbox, loop::EventLoop& loop,
               core::Broker& broker, Send send);

  /// A chip has edges to read.
  void read(core::LineRequest& request);

  /// Sends edges of a lease to a client from now on. Refused: as core::LineIo::start_edges().
  core::Result<std::vector<core::LineStanding>> watch(const core::Client& caller,
                                                      core::LeaseId lease);

  /// Answers with edges as soon as there are some, or with none when the time is over. They are
  /// gone then, unless the caller says what it has received: then it gets them again until it says
  /// that it has. Refused: quota_exceeded; invalid_value, if it cannot have received that;
  /// no_such_lease, if it ends meanwhile; busy, if the same client calls again.
  void wait(core::LeaseId lease, const core::ClientName& client, Received received,
            core::Instant time, Answer answer);

  /// Somebody may have got something to hear.
  void hand_on();

  /// A new lease wants to be told when nothing comes.
  void expect_timeouts() { set_timer(); }

  /// Leases that have ended or changed hands, and clients that are gone, get nothing any more.
  void forget(core::LeaseId lease);
  void forget(const core::ClientName& name);

 private:
  struct Waiter {
    core::ClientName client;
    Received received;
    core::Instant deadline;
    Answer answer;
  };
  struct Client {
    std::unique_ptr<sdbus::IProxy> proxy;
    std::set<core::LeaseId> leases;  // those whose edges it is sent
    std::uint32_t uid = 0;
    bool has_unread = false;     // it was sent edges, and has not answered since
    std::uint32_t refusals = 0;  // of the question by the bus, since it was last answered
    std::optional<core::Instant> ask_again = {};  // when the question is put anew
  };

  void follow_up();
  void answer_waiters(core::LeaseId lease);
  template <class Predicate>
  void remove_waiters_if(Predicate over);
  void send_to(const core::ClientName& name);
  bool send_of(core::LeaseId lease, const core::ClientName& client);
  [[nodiscard]] bool has_asked_enough(std::uint32_t uid) const;
  void ping(const core::ClientName& name);
  [[nodiscard]] bool is_sender_of_this(const core::ClientName& name) const;
  void was_read(const core::ClientName& name);
  void was_not_asked(const core::ClientName& name);
  void ask_again();
  void supersede(core::LeaseId lease, const core::ClientName& client);
  void on_time();
  void set_timer();
  [[nodiscard]] std::vector<core::EdgeEvent> next_edges(core::LeaseId lease,
                                                        const Received& received);
  template <class Give>
  bool hand_out(core::LeaseId lease, const Received& received, Give give);

  sdbus::IConnection& connection_;
  Outbox& outbox_;
  loop::EventLoop& loop_;
  core::Broker& broker_;
  core::Edges& edges_;
  Send send_;
  std::map<core::ClientName, Client> clients_;           // everybody who is sent edges
  std::map<core::LeaseId, core::ClientName> watchers_;   // each watched lease: by whom
  std::map<core::LeaseId, std::deque<Waiter>> waiters_;  // in the order of their calls
  loop::Timer timer_;
  loop::NextTurn next_turn_;
};

}  // namespace gpiobroker::bus
