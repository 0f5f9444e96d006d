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
#include "bus/lifelines.h"
#include "bus/objects/announcer.h"
#include "bus/objects/chip_objects.h"
#include "bus/objects/edge_delivery.h"
#include "bus/objects/lease_object.h"
#include "bus/objects/manager_object.h"
#include "core/broker/counters.h"
#include "loop/next_turn.h"
#include "loop/timer.h"

namespace gpiobroker::bus {

/// Puts a broker on a connection. Clients are watched and objects are there from construction on;
/// take_name() makes it findable, last.
///
/// What follows from a call (objects, announcements, logs) is done after its answer is sent and
/// before the next message is read: the caller does not wait for it, and nobody can see its lack.
class Service {
 public:
  /// For those who want to know what happened: logs, and the timer for resets.
  struct Events {
    std::function<void(const core::Lease&)> granted;
    std::function<void(const core::Holder&, const Calls::Refused&)> refused;
    std::function<void(const core::Change&)> changed;
    std::function<void(const core::Transferred&)> transferred;
    std::function<void(core::LineId, const core::Refusal& why)> line_unreadable;
    std::function<void(core::LineId)> line_readable_again;
    std::function<void(const Outbox::Unsent&)> unsent;  ///< what the bus did not take
    std::function<void()> bus_lost;
  };

  /// `bus` is what the connection is made of.
  Service(sdbus::IConnection& connection, sd_bus& bus, loop::EventLoop& loop, core::Broker& broker,
          Events events);

  /// Takes org.gpiobroker1. Throws sdbus::Error if the bus does not give it.
  void take_name();

  /// Puts a chip that has come on the bus, and takes one off that is about to be detached.
  void add_chip(core::ChipId id) { chips_.add(id); }
  void remove_chip(core::ChipId id);

  /// What is wrong with the broker as a whole, a sentence each.
  void set_problems(std::vector<std::string> problems);

  /// Brings the objects in step with a change, in the next turn of the loop.
  void settle(core::Change change);

  /// A chip has edges to read.
  void read_edges(core::LineRequest& request) { edges_.read(request); }

  /// Does at once what is left to do, announcements included, before the broker stops.
  void finish();

 private:
  void refused(const core::Holder& caller, const Calls::Refused& call);
  [[nodiscard]] std::size_t object_count() const;
  void client_gone(const core::ClientName& client);
  void granted(core::LeaseId id, std::optional<Lifeline> lifeline);
  void taken_over(core::LeaseId id);
  void readable_again(core::LineId line);
  void transferred(const core::Transferred& moved);
  bool send_edges(core::LeaseId id, const core::ClientName& client, const EdgeMessages& edges);
  void lifeline_ended(core::LeaseId id, core::EndReason reason);
  void look_after(const core::Lease& lease);
  void look_for_expired();
  void expire();
  void reconfigured(core::LeaseId id);
  void follow_up();
  void follow_grant(core::LeaseId id);
  void follow_change(const core::Change& change);
  void unsent(const Outbox::Unsent& message);
  void announce(const Announcer::PendingSignals& signals);

  sdbus::IConnection& connection_;
  loop::EventLoop& loop_;
  core::Broker& broker_;
  Events events_;
  core::Counters counters_;
  Outbox outbox_;
  BusStats stats_;
  Callers callers_;
  CallGate gate_;
  Calls calls_;
  Announcer announcer_;
  EdgeDelivery edges_;
  LeaseObject::Hooks lease_hooks_;
  WaitingCalls waiting_;
  ManagerObject manager_;
  ChipObjects chips_;
  std::map<core::LeaseId, std::unique_ptr<LeaseObject>> leases_;  // every lease's object
  std::vector<core::LeaseId> new_leases_;                         // granted in this turn
  core::Change new_change_;                                       // what else changed in it
  core::LeaseExpiry& lifetimes_;
  Lifelines lifelines_;
  loop::Timer expiry_;
  std::optional<core::Instant> expiry_at_;  // what that timer is set to
  core::Instant absence_{0};                // how much later than that it went off
  loop::Timer verdict_;  // after what waits to be read: that may be a sign of life
  loop::Timer overdue_;  // whatever waits: nobody can put an end off by calling for ever
  loop::NextTurn next_turn_;
  BusWatch watch_;
};

}  // namespace gpiobroker::bus
