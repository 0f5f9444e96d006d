// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the bus who a client is, and keeps those waiting who need the answer.
#include "bus/callers/callers.h"

#include "bus/callers/credentials.h"
#include "bus/wire/descriptors.h"
#include "hear_signal.h"

namespace gpiobroker::bus {
namespace {

// A well-behaved client waits for its first answer. Twice the bus's own usual limit is 256.
constexpr std::size_t kMostWaiting = 256;

}  // namespace

Callers::Callers(sdbus::IConnection& connection, Outbox& outbox)
    : outbox_(outbox),
      bus_(sdbus::createProxy(connection, sdbus::ServiceName("org.freedesktop.DBus"),
                              sdbus::ObjectPath("/org/freedesktop/DBus"))) {}

const core::Client* Callers::known(const core::ClientName& client) const {
  const auto entry = known_.find(client);
  return entry == known_.end() ? nullptr : &entry->second;
}

bool Callers::ask(const core::ClientName& client, Continuation then) {
  auto* queue = queue_of(client);
  if (queue == nullptr || queue->size() >= kMostWaiting) return false;
  queue->push_back(std::move(then));
  return true;
}

/// Whoever makes the queue has the bus asked. Null where it cannot be, or there are no descriptors
/// to spare.
std::vector<Callers::Continuation>* Callers::queue_of(const core::ClientName& client) {
  if (!check_descriptors()) return nullptr;
  const auto [queue, is_new] = waiting_.try_emplace(client);
  if (!is_new || send_question(client)) return &queue->second;
  waiting_.erase(queue);
  return nullptr;
}

bool Callers::send_question(const core::ClientName& client) {
  auto on_credentials = [this, client](std::optional<sdbus::Error> error,
                                       const Credentials& answer) {
    const bool told = !error && is_from(bus_->getCurrentlyProcessedMessage(), kBus);
    const auto holder = told ? holder_from(client, answer) : std::nullopt;
    on_answer(client, holder ? &*holder : nullptr);
  };
  return outbox_.ask(*bus_, "GetConnectionCredentials", [&](auto&& call) {
    call.onInterface("org.freedesktop.DBus")
        .withArguments(Text(client.value))
        .uponReplyInvoke(std::move(on_credentials));
  });
}

void Callers::on_answer(const core::ClientName& client, const core::Client* holder) {
  auto queue = waiting_.extract(client);
  if (queue.empty()) return;  // gone in the meantime
  const core::Client* kept = nullptr;
  if (holder != nullptr) kept = &known_.insert_or_assign(client, *holder).first->second;
  for (Continuation& then : queue.mapped()) then(kept);
}

void Callers::forget(const core::ClientName& client) {
  known_.erase(client);
  waiting_.erase(client);
}

}  // namespace gpiobroker::bus
