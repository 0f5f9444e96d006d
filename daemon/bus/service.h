// SPDX-License-Identifier: GPL-2.0-or-later
// The broker on the bus: its objects, who calls them, and what is announced.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "bus/callers/bus_stats.h"
#include "bus/callers/bus_watch.h"
#include "bus/callers/call_gate.h"
#include "bus/callers/callers.h"
#include "bus/callers/calls.h"
#include "bus/objects/announcer.h"
#include "bus/objects/chip_objects.h"
#include "bus/objects/edge_calls.h"
#include "bus/objects/edge_signals.h"
#include "bus/objects/lease_object.h"
#include "bus/objects/manager_object.h"
#include "bus/wire/shared_vtable.h"
#include "turn/loop_turn.h"

namespace gpiobroker::bus {

/// Puts a broker on a connection. Clients are watched and objects are there from construction on;
/// take_name() makes it findable, last.
///
/// Its objects follow the turn: what follows from a call is done after its answer is sent and
/// before the next message is read, so the caller does not wait for it, and nobody can see its
/// lack.
class Service : public turn::Listener {
 public:
  /// What the bus alone knows of, for the log.
  struct Events {
    std::function<void(const core::Client&, const Calls::Refused&)> refused;
    std::function<void(core::LineId, const core::Refusal& why)> line_unreadable;
    std::function<void(core::LineId)> line_readable_again;
    std::function<void(const Outbox::Unsent&)> unsent;  ///< what the bus did not take
    std::function<void()> bus_lost;
  };

  /// `bus` is what the connection is made of.
  Service(sdbus::IConnection& connection, sd_bus& bus, loop::EventLoop& loop, core::Broker& broker,
          turn::LoopTurn& turn, Events events);

  /// Takes org.gpiobroker1. Throws sdbus::Error if the bus does not give it.
  void take_name();

  /// Puts a chip that has come on the bus, and takes one off that is about to be detached.
  void add_chip(core::ChipId id) { chips_.add(id); }
  void remove_chip(core::ChipId id);

  /// What is wrong with the broker as a whole, a sentence each.
  void set_problems(std::vector<std::string> problems);

  /// Brings the objects in step with a change.
  void changed(const core::Change& change, core::Instant now) override;

  void client_gone(const core::ClientName& client) override;

  /// Announces at once what is left to announce, before the broker stops.
  void finish() { announcer_.flush(); }

 private:
  void refused(const core::Client& caller, const Calls::Refused& call);
  [[nodiscard]] std::size_t object_count() const;
  void granted(core::LeaseId id);
  void transferred(const core::Transferred& moved);
  void ended(const core::EndedLease& lease);
  void readable_again(core::LineId line);
  bool send_edges(core::LeaseId id, const core::ClientName& client, const EdgeMessages& edges);
  void unsent(const Outbox::Unsent& message);
  void announce(const Announcer::PendingSignals& signals);

  sdbus::IConnection& connection_;
  core::Broker& broker_;
  turn::LoopTurn& turn_;
  Events events_;
  Outbox outbox_;
  BusStats stats_;
  Callers callers_;
  CallGate gate_;
  Calls calls_;
  Announcer announcer_;
  EdgeCalls edge_calls_;
  EdgeSignals edge_signals_;
  LeaseObject::Parts lease_parts_;
  SharedVTables shared_vtables_;
  WaitingCalls waiting_;
  ManagerObject manager_;
  ChipObjects chips_;
  std::map<core::LeaseId, std::unique_ptr<LeaseObject>> leases_;  // every lease's object
  BusWatch watch_;
};

}  // namespace gpiobroker::bus
