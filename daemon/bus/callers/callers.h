// SPDX-License-Identifier: GPL-2.0-or-later
// Who is calling: credentials of clients, asked of the bus once and kept while they are on it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/wire/outbox.h"
#include "core/lease/client.h"

namespace gpiobroker::bus {

/// A client of whom nothing but its name is known.
[[nodiscard]] inline core::Client stranger(const core::ClientName& client) {
  return {.name = client, .uid = core::kUnknownUser, .unit = {}, .command = {}};
}

/// Asks without blocking: a call from a new client waits here for the bus's answer, and goes on
/// only if the client is still there. The bus delivers in order, so a client's end either comes
/// before the answer, and forget() drops what waited, or after it, and finds the lease.
class Callers {
 public:
  /// Null if the bus does not know the client: refuse it.
  using Continuation = std::move_only_function<void(const core::Client*)>;

  Callers(sdbus::IConnection& connection, Outbox& outbox);

  /// What is known of a client already; null for a new one. Valid until forget().
  [[nodiscard]] const core::Client* known(const core::ClientName& client) const;

  /// Goes on with a new client's credentials once they are there. False, with nothing queued, if
  /// too many calls of that client wait already, the bus cannot be asked, or there are no
  /// descriptors to spare: the call may have brought some, and from dbus 1.16 on the answer brings
  /// one, of the client's process.
  [[nodiscard]] bool ask(const core::ClientName& client, Continuation then);

  /// A client is gone: forgets it and drops what waits for it.
  void forget(const core::ClientName& client);

  [[nodiscard]] std::size_t known_count() const { return known_.size(); }

 private:
  std::vector<Continuation>* queue_of(const core::ClientName& client);
  void on_answer(const core::ClientName& client, const core::Client* holder);
  bool send_question(const core::ClientName& client);

  Outbox& outbox_;
  std::unique_ptr<sdbus::IProxy> bus_;
  std::map<core::ClientName, core::Client> known_;                 // clients on the bus
  std::map<core::ClientName, std::vector<Continuation>> waiting_;  // calls of new clients
};

}  // namespace gpiobroker::bus
