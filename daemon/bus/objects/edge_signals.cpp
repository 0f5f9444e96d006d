// SPDX-License-Identifier: GPL-2.0-or-later
// Sends a burst of signals, then asks the client whether it has read them.
#include "bus/objects/edge_signals.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::bus {
namespace {

// A client may well be stopped for days. A library that gave up waiting would have the question
// asked again, and the bus, which waits on, has only so many open questions of one connection: 128
// on the system bus. So one user's clients have a part of them, too.
constexpr std::chrono::hours kPatience{24 * 365};
constexpr std::size_t kMostQuestions = 32;  // to clients of one user

// When the bus has turned down the question, it is asked again: after a second at first.
constexpr std::uint32_t kMostDoublings = 6;

core::Instant until_asked_again(std::uint32_t refusals) {
  return std::chrono::seconds(1U << std::min(refusals, kMostDoublings));
}

}  // namespace

EdgeSignals::EdgeSignals(sdbus::IConnection& connection, Outbox& outbox, turn::LoopTurn& turn,
                         core::Broker& broker, EdgeCalls& calls, Send send)
    : connection_(connection),
      outbox_(outbox),
      turn_(turn),
      broker_(broker),
      calls_(calls),
      outlet_(broker),
      send_(std::move(send)) {
  turn.add(*this);
}

core::Result<std::vector<core::LineStanding>> EdgeSignals::watch(const core::Client& caller,
                                                                 core::LeaseId lease) {
  auto standing = broker_.line_io().start_edges(caller, lease, turn_.now());
  if (!standing) return standing;
  calls_.forget(lease);
  forget(lease);
  Client& client = clients_[caller.name];
  client.uid = caller.uid;
  if (!client.proxy) {
    client.proxy = sdbus::createProxy(connection_, sdbus::ServiceName(caller.name.value),
                                      sdbus::ObjectPath("/"));
  }
  client.leases.insert(lease);
  watchers_.emplace(lease, caller.name);
  turn_.go_on();  // the levels were read together with edges, which others of the line wait for
  return standing;
}

/// Who has a lease now may have asked for its edges in the same turn.
void EdgeSignals::changed(const core::Change& change, core::Instant /*now*/) {
  for (const core::Transferred& lease : change.transferred) {
    const auto watcher = watchers_.find(lease.id);
    if (watcher != watchers_.end() && watcher->second != lease.to.name) forget(lease.id);
  }
  for (const core::EndedLease& lease : change.ended) forget(lease.id);
}

void EdgeSignals::forget(core::LeaseId lease) {
  const auto watcher = watchers_.extract(lease);
  if (!watcher) return;
  clients_.at(watcher.mapped()).leases.erase(lease);
}

void EdgeSignals::client_gone(const core::ClientName& name) {
  const auto client = clients_.extract(name);
  if (!client) return;
  for (const core::LeaseId lease : client.mapped().leases) watchers_.erase(lease);
}

void EdgeSignals::edges_came(const std::set<core::LeaseId>& leases) {
  std::set<core::ClientName> to_tell;
  for (const core::LeaseId lease : leases) {
    const auto watcher = watchers_.find(lease);
    if (watcher != watchers_.end()) to_tell.insert(watcher->second);
  }
  for (const core::ClientName& client : to_tell) send_to(client);
}

void EdgeSignals::send_to(const core::ClientName& name) {
  const Client& client = clients_.at(name);
  if (client.has_unread || has_asked_enough(client.uid)) return;
  bool sent = false;
  for (const core::LeaseId lease : client.leases) sent |= send_of(lease, name);
  if (sent) ping(name);
}

bool EdgeSignals::send_of(core::LeaseId lease, const core::ClientName& client) {
  return outlet_.hand_out(lease, {},
                          [&](const EdgeMessages& edges) { return send_(lease, client, edges); });
}

bool EdgeSignals::has_asked_enough(std::uint32_t uid) const {
  const auto asked = std::ranges::count_if(clients_, [uid](const auto& entry) {
    return entry.second.uid == uid && entry.second.has_unread;
  });
  return static_cast<std::size_t>(asked) >= kMostQuestions;
}

void EdgeSignals::ping(const core::ClientName& name) {
  Client& client = clients_.at(name);
  client.has_unread = true;
  client.ask_again.reset();
  const bool asked = outbox_.ask(*client.proxy, "Ping", [&](auto&& call) {
    call.onInterface("org.freedesktop.DBus.Peer")
        .withTimeout(kPatience)
        .uponReplyInvoke([this, name](std::optional<sdbus::Error> error) {
          const bool from_client = !error || is_sender_of_this(name);
          from_client ? was_read(name) : was_not_asked(name);
        });
  });
  if (!asked) was_not_asked(name);
}

bool EdgeSignals::is_sender_of_this(const core::ClientName& name) const {
  const char* sender = connection_.getCurrentlyProcessedMessage().getSender();
  return sender != nullptr && sender == name.value;
}

/// Whatever the client's answer is: it has seen what came before the question.
void EdgeSignals::was_read(const core::ClientName& name) {
  Client& client = clients_.at(name);
  client.has_unread = false;
  client.refusals = 0;
  for (const auto& [other, each] : clients_) {
    if (each.uid == client.uid) send_to(other);  // who was not sent any more for the number of them
  }
}

/// The bus did not take the question, or did not pass it on, or gave up waiting for the answer.
void EdgeSignals::was_not_asked(const core::ClientName& name) {
  Client& client = clients_.at(name);
  client.ask_again = turn_.now() + until_asked_again(client.refusals++);
  turn_.go_on();
}

std::optional<core::Instant> EdgeSignals::next_due() const {
  std::optional<core::Instant> next;
  for (const auto& [name, client] : clients_) {
    if (client.ask_again && (!next || *client.ask_again < *next)) next = client.ask_again;
  }
  return next;
}

void EdgeSignals::on_time(core::Instant now) {
  for (auto& [name, client] : clients_) {
    if (client.ask_again && *client.ask_again <= now) ping(name);
  }
}

}  // namespace gpiobroker::bus
