// SPDX-License-Identifier: LGPL-2.1-or-later
// The inside of a Lease: the connection that it lives by, and its object on the bus.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "gpiobroker/lease.h"
#include "src/connection.h"
#include "src/proxies.h"

namespace gpiobroker {

/// Calls go to the broker that gave the lease, by its unique name: a new broker may give the same
/// path to somebody else's lease.
struct Lease::Body {
  Body(std::shared_ptr<detail::Connection> on, std::string from, std::string at, bool stays)
      : connection(std::move(on)),
        broker(std::move(from)),
        path(std::move(at)),
        lives_on(stays),
        proxy(connection->bus(), broker, path) {}

  /// Does `call(proxy)`. Throws Error; NoSuchLease if the lease is over.
  template <class Call>
  auto carry_out(Call call) {
    return connection->carry_out([&] { return call(proxy); }, detail::to_lease_error);
  }

  /// Hears a signal of the lease's object, for as long as the slot is there.
  [[nodiscard]] sdbus::Slot watch(const std::string& signal, sdbus::message_handler heard) const {
    return connection->watch(broker,
                             "path='" + path + "',interface='" +
                                 detail::LeaseProxy::INTERFACE_NAME + "',member='" + signal + "'",
                             std::move(heard));
  }

  std::shared_ptr<detail::Connection> connection;
  std::string broker;  // unique name
  std::string path;
  bool lives_on;               // without the object
  std::uint64_t received = 0;  // the number of the last edge that wait_for_edges() gave
  detail::LeaseProxy proxy;
  std::weak_ptr<detail::OpenedLease> opened;  // what direct() gave, while somebody has it
};

}  // namespace gpiobroker
