// SPDX-License-Identifier: GPL-2.0-or-later
// Waiting calls first, then signals, then the question whether they were read.
#include "bus/objects/edge_delivery.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::bus {
namespace {

constexpr std::size_t kMostAtOnce = 256;  // edges in a message: about 20 KiB
constexpr std::size_t kMostWaiters = 8;   // of one lease, each on a connection of its own

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

core::Refused lease_has_ended(core::LeaseId lease) {
  return core::refuse(core::Reason::no_such_lease, "lease",
                      "lease " + std::to_string(lease.value) + " has ended, or is another's now");
}

}  // namespace

std::vector<core::EdgeEvent> EdgeDelivery::next_edges(core::LeaseId lease,
                                                      const Received& received) {
  return received ? edges_.lend(lease, *received, kMostAtOnce) : edges_.take(lease, kMostAtOnce);
}

/// Gives edges of a lease to somebody. False if there are none. Those that the bus does not take
/// are lost, and counted, unless they can be had again.
template <class Give>
bool EdgeDelivery::hand_out(core::LeaseId lease, const Received& received, Give give) {
  const core::Lease* of = broker_.leases().find(lease);
  if (of == nullptr) return false;
  const std::vector<core::EdgeEvent> edges = next_edges(lease, received);
  const EdgeMessages messages = to_messages(*of, edges);
  if (messages.empty()) return false;
  if (!give(messages) && !received) edges_.lose(lease, edges);
  return true;
}

EdgeDelivery::EdgeDelivery(sdbus::IConnection& connection, Outbox& outbox, loop::EventLoop& loop,
                           core::Broker& broker, Send send)
    : connection_(connection),
      outbox_(outbox),
      loop_(loop),
      broker_(broker),
      edges_(broker.edges()),
      send_(std::move(send)),
      timer_(loop, [this] { on_time(); }),
      next_turn_(loop, [this] { follow_up(); }) {}

void EdgeDelivery::read(core::LineRequest& request) {
  edges_.read(request, loop_.now());
  next_turn_.request();
}

core::Result<std::vector<core::LineStanding>> EdgeDelivery::watch(const core::Caller& caller,
                                                                  core::LeaseId lease) {
  auto standing = broker_.line_io().start_edges(caller, lease, loop_.now());
  if (!standing) return standing;
  forget(lease);
  Client& client = clients_[caller.name];
  client.uid = caller.uid;
  if (!client.proxy) {
    client.proxy = sdbus::createProxy(connection_, sdbus::ServiceName(caller.name.value),
                                      sdbus::ObjectPath("/"));
  }
  client.leases.insert(lease);
  watchers_.emplace(lease, caller.name);
  return standing;
}

void EdgeDelivery::wait(core::LeaseId lease, const core::ClientName& client, Received received,
                        core::Instant time, Answer answer) {
  if (const auto checked = edges_.check_received(lease, received.value_or(0)); !checked) {
    answer(core::Refused(checked.error()));
    return;
  }
  supersede(lease, client);
  if (hand_out(lease, received, answer)) return;
  if (time == core::Instant{0}) {
    answer(EdgeMessages{});
    return;
  }
  auto& waiters = waiters_[lease];
  if (waiters.size() >= kMostWaiters) {
    answer(core::refuse(core::Reason::quota_exceeded, "timeout_ms",
                        "8 connections wait for edges of this lease, which is as many as can"));
    return;
  }
  waiters.push_back({client, received, loop_.now() + time, std::move(answer)});
  set_timer();
}

/// Whoever calls again while an earlier call waits has given that up: edges that answered it would
/// be lost, and nobody would know.
void EdgeDelivery::supersede(core::LeaseId lease, const core::ClientName& client) {
  const auto waiters = waiters_.find(lease);
  if (waiters == waiters_.end()) return;
  std::erase_if(waiters->second, [&](const Waiter& waiter) {
    if (waiter.client != client) return false;
    waiter.answer(core::refuse(core::Reason::busy, "lease",
                               "a later call of yours waits for these edges in the place of this "
                               "one"));
    return true;
  });
  if (waiters->second.empty()) waiters_.erase(waiters);
}

void EdgeDelivery::hand_on() {
  if (edges_.has_edges()) next_turn_.request();
}

void EdgeDelivery::forget(core::LeaseId lease) {
  if (auto waiters = waiters_.extract(lease); waiters) {
    for (const Waiter& waiter : waiters.mapped()) waiter.answer(lease_has_ended(lease));
  }
  const auto watcher = watchers_.extract(lease);
  if (!watcher) return;
  clients_.at(watcher.mapped()).leases.erase(lease);
}

/// An answer to a client that is gone would take the edges from those who still wait.
void EdgeDelivery::forget(const core::ClientName& name) {
  remove_waiters_if([&](const Waiter& waiter) { return waiter.client == name; });
  const auto client = clients_.extract(name);
  if (!client) return;
  for (const core::LeaseId lease : client.mapped().leases) watchers_.erase(lease);
}

void EdgeDelivery::follow_up() {
  std::set<core::ClientName> to_tell;
  for (const core::LeaseId lease : edges_.take_leases_with_edges()) {
    if (broker_.leases().find(lease) == nullptr) continue;
    answer_waiters(lease);
    const auto watcher = watchers_.find(lease);
    if (watcher != watchers_.end()) to_tell.insert(watcher->second);
  }
  for (const core::ClientName& client : to_tell) send_to(client);
}

void EdgeDelivery::answer_waiters(core::LeaseId lease) {
  const auto waiters = waiters_.find(lease);
  if (waiters == waiters_.end()) return;
  while (!waiters->second.empty()) {
    const Waiter& first = waiters->second.front();
    if (!hand_out(lease, first.received, first.answer)) return;
    waiters->second.pop_front();
  }
  waiters_.erase(waiters);
}

void EdgeDelivery::send_to(const core::ClientName& name) {
  const Client& client = clients_.at(name);
  if (client.has_unread || has_asked_enough(client.uid)) return;
  bool sent = false;
  for (const core::LeaseId lease : client.leases) sent |= send_of(lease, name);
  if (sent) ping(name);
}

bool EdgeDelivery::send_of(core::LeaseId lease, const core::ClientName& client) {
  return hand_out(lease, {},
                  [&](const EdgeMessages& edges) { return send_(lease, client, edges); });
}

bool EdgeDelivery::has_asked_enough(std::uint32_t uid) const {
  const auto asked = std::ranges::count_if(clients_, [uid](const auto& entry) {
    return entry.second.uid == uid && entry.second.has_unread;
  });
  return static_cast<std::size_t>(asked) >= kMostQuestions;
}

void EdgeDelivery::ping(const core::ClientName& name) {
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

bool EdgeDelivery::is_sender_of_this(const core::ClientName& name) const {
  const char* sender = connection_.getCurrentlyProcessedMessage().getSender();
  return sender != nullptr && sender == name.value;
}

/// Whatever the client's answer is: it has seen what came before the question.
void EdgeDelivery::was_read(const core::ClientName& name) {
  Client& client = clients_.at(name);
  client.has_unread = false;
  client.refusals = 0;
  for (const auto& [other, each] : clients_) {
    if (each.uid == client.uid) send_to(other);  // who was not sent any more for the number of them
  }
}

/// The bus did not take the question, or did not pass it on, or gave up waiting for the answer.
void EdgeDelivery::was_not_asked(const core::ClientName& name) {
  Client& client = clients_.at(name);
  client.ask_again = loop_.now() + until_asked_again(client.refusals++);
  set_timer();
}

void EdgeDelivery::ask_again() {
  for (auto& [name, client] : clients_) {
    if (client.ask_again && *client.ask_again <= loop_.now()) ping(name);
  }
}

template <class Predicate>
void EdgeDelivery::remove_waiters_if(Predicate over) {
  for (auto& [lease, waiters] : waiters_) std::erase_if(waiters, over);
  std::erase_if(waiters_, [](const auto& entry) { return entry.second.empty(); });
}

void EdgeDelivery::on_time() {
  edges_.time_out(loop_.now());
  remove_waiters_if([this](const Waiter& waiter) {
    if (waiter.deadline > loop_.now()) return false;
    waiter.answer(EdgeMessages{});
    return true;
  });
  ask_again();
  hand_on();
  set_timer();
}

void EdgeDelivery::set_timer() {
  std::optional<core::Instant> next = edges_.next_timeout();
  for (const auto& [lease, waiters] : waiters_) {
    for (const Waiter& waiter : waiters) {
      if (!next || waiter.deadline < *next) next = waiter.deadline;
    }
  }
  for (const auto& [name, client] : clients_) {
    if (client.ask_again && (!next || *client.ask_again < *next)) next = client.ask_again;
  }
  if (next) timer_.set(*next);
}

}  // namespace gpiobroker::bus
