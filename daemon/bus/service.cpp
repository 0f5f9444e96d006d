// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps the objects in step with the broker, and announces what became of them.
#include "bus/service.h"

#include <utility>

#include "bus/wire/errors.h"
#include "bus/wire/names.h"

namespace gpiobroker::bus {

Service::Service(sdbus::IConnection& connection, sd_bus& bus, loop::EventLoop& loop,
                 core::Broker& broker, turn::LoopTurn& turn, Events events)
    : connection_(connection),
      broker_(broker),
      turn_(turn),
      events_(std::move(events)),
      outbox_([this](const auto& message) { unsent(message); }),
      stats_(connection, outbox_),
      callers_(connection, outbox_),
      gate_(bus, loop, callers_, outbox_,
            {.admit =
                 [this](const auto& caller, std::uint32_t cost) {
                   return broker_.admit_call(caller, turn_.now(), cost);
                 },
             .refused = [this](const auto& caller, const auto& call) { refused(caller, call); },
             .object_count = [this] { return object_count(); },
             .ask_for_unread = [this](const auto& client,
                                      const auto& then) { stats_.ask_for_unread(client, then); }}),
      calls_(
          connection, outbox_, callers_,
          {.admit = [this](const auto& caller) { return broker_.admit_call(caller, turn_.now()); },
           .refused = [this](const auto& caller, const auto& call) { refused(caller, call); }}),
      announcer_(loop, [this](const auto& signals) { announce(signals); }),
      edge_calls_(turn, broker),
      edge_signals_(connection, outbox_, turn, broker, edge_calls_,
                    [this](auto id, const auto& client, const auto& edges) {
                      return send_edges(id, client, edges);
                    }),
      lease_parts_{outbox_, calls_, broker, turn, edge_calls_, edge_signals_},
      shared_vtables_(connection, bus),
      waiting_(turn, broker),
      manager_(connection, outbox_, calls_, broker, turn, waiting_),
      chips_(
          connection, outbox_, broker,
          {.unreadable = [this](auto line, const auto& why) { events_.line_unreadable(line, why); },
           .readable_again = [this](auto line) { readable_again(line); },
           .turn = [&loop] { return loop.turn(); }}),
      watch_(
          connection, [this](const core::ClientName& client) { turn_.client_gone(client); },
          [this] { events_.bus_lost(); }) {
  turn.add(*this);
}

void Service::take_name() {
  connection_.requestName(sdbus::ServiceName(kBusName));
}

void Service::remove_chip(core::ChipId id) {
  chips_.remove(id, [this](const sdbus::ObjectPath& path, const char* interface) {
    manager_.announce_removed(path, interface);
  });
}

void Service::set_problems(std::vector<std::string> problems) {
  if (!manager_.set_problems(std::move(problems))) return;
  manager_.announce_changed({sdbus::PropertyName("Problems")});
}

void Service::refused(const core::Client& caller, const Calls::Refused& call) {
  turn_.note_refused(call.error);
  events_.refused(caller, call);
}

void Service::unsent(const Outbox::Unsent& message) {
  turn_.note_unsent();
  events_.unsent(message);
}

std::size_t Service::object_count() const {
  return 1 + chips_.object_count() + leases_.size();
}

void Service::client_gone(const core::ClientName& client) {
  callers_.forget(client);
  gate_.forget(client);
}

/// Whoever was told that it is unknown is told what it is.
void Service::readable_again(core::LineId line) {
  announcer_.line_changed(line);
  events_.line_readable_again(line);
}

bool Service::send_edges(core::LeaseId id, const core::ClientName& client,
                         const EdgeMessages& edges) {
  const auto lease = leases_.find(id);
  return lease != leases_.end() && lease->second->announce_edges(client, edges);
}

/// Also the reason why a lease's object outlives the answer to its Release(): sd-bus does not let
/// an object go in the middle of a call to it.
void Service::changed(const core::Change& change, core::Instant /*now*/) {
  for (const core::LeaseId id : change.granted) granted(id);
  for (const core::Transferred& lease : change.transferred) transferred(lease);
  for (const core::LeaseId id : change.taken_over) announcer_.changed(id);
  for (const core::EndedLease& lease : change.ended) ended(lease);
  for (const core::LeaseId id : change.shrunk) announcer_.changed(id);
  for (const core::LeaseId id : change.detached) announcer_.changed(id);
  for (const core::LeaseId id : change.edge_supply) announcer_.changed(id);
  for (const core::LineId line : change.lines) announcer_.line_changed(line);
  if (!change.quarantined.empty() || !change.held_back.empty() || !change.recovered.empty()) {
    announcer_.quarantine_changed();
  }
}

void Service::granted(core::LeaseId id) {
  const core::Lease* lease = broker_.leases().find(id);
  if (lease == nullptr) return;  // ended in the same turn
  leases_.emplace(id, std::make_unique<LeaseObject>(connection_, lease_parts_, id));
  for (const core::LeasedLine& line : lease->lines) announcer_.line_changed(line.id);
  announcer_.granted(id);
}

void Service::transferred(const core::Transferred& moved) {
  const auto object = leases_.find(moved.id);
  if (object != leases_.end()) object->second->announce_transferred(moved);
  announcer_.changed(moved.id);
}

void Service::ended(const core::EndedLease& lease) {
  if (const auto object = leases_.find(lease.id); object != leases_.end()) {
    object->second->announce_ended(lease);
    leases_.erase(object);
  }
  announcer_.ended(lease.id);
}

void Service::announce(const Announcer::PendingSignals& signals) {
  for (const core::LeaseId id : signals.ended) {
    manager_.announce_removed(lease_path(id), org::gpiobroker1::Lease_adaptor::INTERFACE_NAME);
  }
  for (const core::LeaseId id : signals.granted) leases_.at(id)->announce_added();
  for (const core::LeaseId id : signals.changed) {
    if (const auto lease = leases_.find(id); lease != leases_.end()) {
      lease->second->announce_changed();
    }
  }
  for (const core::LineId line : signals.lines) chips_.announce_changed(line);
  if (!signals.granted.empty() || !signals.ended.empty()) {
    manager_.announce_changed({sdbus::PropertyName("LeaseCount")});
  }
  if (signals.quarantine) manager_.announce_changed({sdbus::PropertyName("QuarantinedLines")});
}

}  // namespace gpiobroker::bus
