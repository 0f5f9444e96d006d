// SPDX-License-Identifier: GPL-2.0-or-later
// Adds up what is sent; what the bus says is unread replaces the sum.
#include "bus/callers/unread.h"

#include <utility>

namespace gpiobroker::bus {
namespace {

constexpr std::uint32_t kRoot = 0;
constexpr std::size_t kRefusal = 512;  // bytes of an error, about

}  // namespace

Unread::Verdict Unread::admit(const core::Client& caller, std::size_t answer) {
  Client& client = clients_[caller.name];
  client.uid = caller.uid;
  Verdict verdict = Verdict::answer;
  if (client.confirmed >= kMostOfClient) {
    verdict = Verdict::ignore;
  } else if (client.bytes >= kMostOfClient) {
    verdict = Verdict::refuse;
  } else if (caller.uid != kRoot && confirmed_of(caller.uid) >= kMostOfUser) {
    verdict = client.bytes >= kAsk ? Verdict::ignore : Verdict::refuse;
  }
  if (verdict == Verdict::answer) note(caller.name, client, answer);
  if (verdict == Verdict::refuse) note(caller.name, client, kRefusal);
  if (verdict == Verdict::ignore) note(caller.name, client, 0);
  return verdict;
}

void Unread::note(const core::ClientName& name, Client& client, std::size_t bytes) {
  client.bytes += bytes;
  client.since += bytes;
  if (client.asked || client.bytes < kAsk) return;
  client.asked = true;
  client.since = 0;
  ask_(name,
       [this, name](std::optional<std::size_t> unread) { was_told(name, unread.value_or(0)); });
}

void Unread::was_told(const core::ClientName& name, std::size_t unread) {
  const auto client = clients_.find(name);
  if (client == clients_.end()) return;
  client->second.asked = false;
  client->second.bytes = unread + client->second.since;
  confirm(client->second, unread < kAsk ? 0 : unread);
}

void Unread::confirm(Client& client, std::size_t bytes) {
  std::size_t& sum = of_user_[client.uid];
  sum += bytes - std::exchange(client.confirmed, bytes);
  if (sum == 0) of_user_.erase(client.uid);
}

std::size_t Unread::confirmed_of(std::uint32_t uid) const {
  const auto user = of_user_.find(uid);
  return user == of_user_.end() ? 0 : user->second;
}

void Unread::forget(const core::ClientName& client) {
  auto gone = clients_.extract(client);
  if (gone) confirm(gone.mapped(), 0);
}

}  // namespace gpiobroker::bus
