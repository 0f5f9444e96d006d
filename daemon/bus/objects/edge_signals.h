// SPDX-License-Identifier: GPL-2.0-or-later
// Sends edges to the clients that watch them, no faster than they read.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "bus/objects/edge_calls.h"
#include "bus/objects/edge_outlet.h"
#include "bus/wire/outbox.h"
#include "turn/loop_turn.h"

namespace gpiobroker::bus {

/// The bus takes whatever is sent to a client that does not read, until its memory is full or it
/// drops the message or the client. So after a burst of edges nothing more is sent to a client
/// until it has answered a Ping, which it gets to see when it has read what came before. What comes
/// meanwhile stays in the queues of its leases, which are bounded, and lose the oldest. There is
/// one Ping at a time. Any answer of the client's own counts; what the bus says in its place does
/// not.
class EdgeSignals : public turn::Listener {
 public:
  /// Sends edges of a lease to a client, in one signal. False if the bus did not take it.
  using Send = std::function<bool(core::LeaseId, const core::ClientName&, const EdgeMessages&)>;

  EdgeSignals(sdbus::IConnection& connection, Outbox& outbox, turn::LoopTurn& turn,
              core::Broker& broker, EdgeCalls& calls, Send send);

  /// Sends edges of a lease to a client from now on. Refused: as core::LineIo::start_edges().
  core::Result<std::vector<core::LineStanding>> watch(const core::Client& caller,
                                                      core::LeaseId lease);

  /// Leases that have ended or changed hands, and clients that are gone, get nothing any more.
  void changed(const core::Change& change, core::Instant now) override;
  void client_gone(const core::ClientName& name) override;
  void edges_came(const std::set<core::LeaseId>& leases) override;

  /// When a question that the bus turned down is put again.
  [[nodiscard]] std::optional<core::Instant> next_due() const override;
  void on_time(core::Instant now) override;

 private:
  struct Client {
    std::unique_ptr<sdbus::IProxy> proxy;
    std::set<core::LeaseId> leases;  // those whose edges it is sent
    std::uint32_t uid = 0;
    bool has_unread = false;     // it was sent edges, and has not answered since
    std::uint32_t refusals = 0;  // of the question by the bus, since it was last answered
    std::optional<core::Instant> ask_again = {};  // when the question is put anew
  };

  void forget(core::LeaseId lease);
  void send_to(const core::ClientName& name);
  bool send_of(core::LeaseId lease, const core::ClientName& client);
  [[nodiscard]] bool has_asked_enough(std::uint32_t uid) const;
  void ping(const core::ClientName& name);
  [[nodiscard]] bool is_sender_of_this(const core::ClientName& name) const;
  void was_read(const core::ClientName& name);
  void was_not_asked(const core::ClientName& name);

  sdbus::IConnection& connection_;
  Outbox& outbox_;
  turn::LoopTurn& turn_;
  core::Broker& broker_;
  EdgeCalls& calls_;
  EdgeOutlet outlet_;
  Send send_;
  std::map<core::ClientName, Client> clients_;          // everybody who is sent edges
  std::map<core::LeaseId, core::ClientName> watchers_;  // each watched lease: by whom
};

}  // namespace gpiobroker::bus
