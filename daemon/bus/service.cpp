// SPDX-License-Identifier: GPL-2.0-or-later
// Objects follow the broker; announcements follow the objects.
#include "bus/service.h"

#include <utility>

#include "bus/wire/errors.h"
#include "bus/wire/names.h"

namespace gpiobroker::bus {

Service::Service(sdbus::IConnection& connection, sd_bus& bus, loop::EventLoop& loop,
                 core::Broker& broker, Events events)
    : connection_(connection),
      loop_(loop),
      broker_(broker),
      events_(std::move(events)),
      outbox_([this](const auto& message) { unsent(message); }),
      stats_(connection, outbox_),
      callers_(connection, outbox_),
      gate_(bus, loop, callers_, outbox_,
            {.admit =
                 [this](const auto& caller, std::uint32_t cost) {
                   return broker_.admit_call(caller, loop_.now(), cost);
                 },
             .refused = [this](const auto& caller, const auto& call) { refused(caller, call); },
             .object_count = [this] { return object_count(); },
             .ask_for_unread = [this](const auto& client,
                                      const auto& then) { stats_.ask_for_unread(client, then); }}),
      calls_(
          connection, outbox_, callers_,
          {.admit = [this](const auto& caller) { return broker_.admit_call(caller, loop_.now()); },
           .refused = [this](const auto& caller, const auto& call) { refused(caller, call); }}),
      announcer_(loop, [this](const Announcer::PendingSignals& signals) { announce(signals); }),
      edges_(connection, outbox_, loop, broker,
             [this](auto id, const auto& client, const auto& edges) {
               return send_edges(id, client, edges);
             }),
      lease_hooks_{.reconfigured = [this](core::LeaseId id) { reconfigured(id); },
                   .taken_over = [this](core::LeaseId id) { taken_over(id); },
                   .settle = [this](core::Change change) { settle(std::move(change)); },
                   .now = [this] { return loop_.now(); }},
      waiting_(loop, broker,
               [this](core::LeaseId id, std::optional<Lifeline> lifeline) {
                 granted(id, std::move(lifeline));
               }),
      manager_(connection, outbox_, calls_, broker, counters_, waiting_,
               {.settle = [this](core::Change change) { settle(std::move(change)); },
                .transferred = [this](const auto& moved) { transferred(moved); },
                .now = [this] { return loop_.now(); }}),
      chips_(
          connection, outbox_, broker,
          {.unreadable = [this](auto line, const auto& why) { events_.line_unreadable(line, why); },
           .readable_again = [this](auto line) { readable_again(line); }}),
      lifetimes_(broker.expiry()),
      lifelines_(loop, [this](auto id, auto reason) { lifeline_ended(id, reason); }),
      expiry_(loop, [this] { look_for_expired(); }),
      verdict_(
          loop, [this] { expire(); }, loop::Timer::Rank::after_others),
      overdue_(loop, [this] { expire(); }),
      next_turn_(loop, [this] { follow_up(); }),
      watch_(
          connection, [this](const core::ClientName& client) { client_gone(client); },
          [this] { events_.bus_lost(); }) {}

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

void Service::refused(const core::Holder& caller, const Calls::Refused& call) {
  ++counters_.refused[call.error];
  events_.refused(caller, call);
}

void Service::unsent(const Outbox::Unsent& message) {
  ++counters_.unsent;
  events_.unsent(message);
}

std::size_t Service::object_count() const {
  return 1 + chips_.object_count() + leases_.size();
}

void Service::client_gone(const core::ClientName& client) {
  callers_.forget(client);
  gate_.forget(client);
  waiting_.leave(client);
  edges_.forget(client);
  settle(broker_.goodbye(client, loop_.now()));
}

void Service::granted(core::LeaseId id, std::optional<Lifeline> lifeline) {
  if (lifeline) lifelines_.watch(id, std::move(*lifeline));
  const core::Lease& lease = *broker_.leases().find(id);
  look_after(lease);
  if (lease.edge_timeout > core::Instant{0}) edges_.expect_timeouts();
  ++counters_.granted;
  new_leases_.push_back(id);
  settle(broker_.take_put_off());
}

void Service::taken_over(core::LeaseId id) {
  announcer_.changed(id);
}

/// Whoever was told that it is unknown is told what it is.
void Service::readable_again(core::LineId line) {
  announcer_.line_changed(line);
  events_.line_readable_again(line);
}

void Service::transferred(const core::Transferred& moved) {
  leases_.at(moved.id)->announce_transferred(moved);
  edges_.forget(moved.id);
  announcer_.changed(moved.id);
  events_.transferred(moved);
}

bool Service::send_edges(core::LeaseId id, const core::ClientName& client,
                         const EdgeMessages& edges) {
  const auto lease = leases_.find(id);
  return lease != leases_.end() && lease->second->announce_edges(client, edges);
}

void Service::lifeline_ended(core::LeaseId id, core::EndReason reason) {
  settle(lifetimes_.ended(id, reason, loop_.now()));
}

/// Not set anew with each use of a lease: when it goes off too early it is set again.
void Service::look_after(const core::Lease& lease) {
  const auto at = core::next_look_at(lease, loop_.now());
  if (!at || (expiry_at_ && *expiry_at_ <= *at)) return;
  expiry_at_ = at;
  expiry_.set(*at);
}

void Service::look_for_expired() {
  constexpr core::Instant kMostForOthers = std::chrono::seconds(1);
  absence_ = loop_.now() - expiry_at_.value_or(loop_.now());
  verdict_.set(loop_.now());
  overdue_.set(loop_.now() + kMostForOthers);
}

void Service::expire() {
  verdict_.cancel();
  overdue_.cancel();
  settle(lifetimes_.expire(loop_.now(), loop_.now() - std::exchange(absence_, {})));
  expiry_at_ = lifetimes_.next_look(loop_.now());
  if (expiry_at_) expiry_.set(*expiry_at_);
}

void Service::reconfigured(core::LeaseId id) {
  for (const core::LeasedLine& line : broker_.leases().find(id)->lines) {
    announcer_.line_changed(line.id);
  }
  next_turn_.request();  // somebody may have waited to share a line that is set like that
}

void Service::settle(core::Change change) {
  counters_.note(change, loop_.time_in_turn());
  new_change_.add(std::move(change));
  next_turn_.request();
}

void Service::finish() {
  follow_up();
  announcer_.flush();
}

/// Also the reason why a lease's object outlives the answer to its Release(): sd-bus does not let
/// an object go in the middle of a call to it.
void Service::follow_up() {
  for (const core::LeaseId id : std::exchange(new_leases_, {})) follow_grant(id);
  follow_change(std::exchange(new_change_, {}));
  waiting_.serve();
  for (const core::LeaseId id : broker_.take_edge_supply_news()) announcer_.changed(id);
  edges_.hand_on();
}

void Service::follow_grant(core::LeaseId id) {
  const core::Lease* lease = broker_.leases().find(id);
  if (lease == nullptr) return;  // ended in the same turn
  leases_.emplace(id, std::make_unique<LeaseObject>(connection_, outbox_, calls_, broker_, edges_,
                                                    id, lease_hooks_));
  for (const core::LeasedLine& line : lease->lines) announcer_.line_changed(line.id);
  announcer_.granted(id);
  events_.granted(*lease);
}

void Service::follow_change(const core::Change& change) {
  for (const core::EndedLease& lease : change.ended) {
    lifelines_.forget(lease.id);
    edges_.forget(lease.id);
    if (const auto object = leases_.find(lease.id); object != leases_.end()) {
      object->second->announce_ended(lease);
      leases_.erase(object);
    }
    announcer_.ended(lease.id);
  }
  for (const core::LeaseId lease : change.shrunk) announcer_.changed(lease);
  for (const core::LeaseId lease : change.detached) announcer_.changed(lease);
  for (const core::LineId line : change.lines) announcer_.line_changed(line);
  if (!change.quarantined.empty() || !change.recovered.empty()) announcer_.quarantine_changed();
  events_.changed(change);
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
