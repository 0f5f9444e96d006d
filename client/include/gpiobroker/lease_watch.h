// SPDX-License-Identifier: LGPL-2.1-or-later
// Tells a program that only holds its lines when it does not hold them any more.
#pragma once

#include <chrono>
#include <memory>

#include "gpiobroker/lease.h"

namespace gpiobroker {

/// What to wait for with poll(2), or in an event loop of any kind.
struct Pollable {
  int fd = -1;                            ///< stays the connection's: do not close it
  short events = 0;                       ///< as in struct pollfd
  std::chrono::milliseconds timeout{-1};  ///< wait no longer than this; negative: for ever
};

/// Sees the end of a lease while nobody calls it: the loss of the bus, the end of the broker, or
/// root's ending of the lease.
///
///     gpiobroker::LeaseWatch watch(lease);
///     for (;;) {
///       watch.check();
///       const auto wait = watch.pollable();
///       pollfd bus{.fd = wait.fd, .events = wait.events, .revents = 0};
///       poll(&bus, 1, static_cast<int>(wait.timeout.count()));
///     }
///
/// Independent of where the Lease object is; keeps the connection open like a lease.
class LeaseWatch {
 public:
  /// Throws Error as check() does.
  explicit LeaseWatch(const Lease& lease);
  LeaseWatch(const LeaseWatch&) = delete;
  LeaseWatch& operator=(const LeaseWatch&) = delete;
  ~LeaseWatch();

  /// Asked anew before each wait, after check(). Throws Error: Disconnected.
  [[nodiscard]] Pollable pollable() const;

  /// Handles what has come in; waits for the broker only if that is bad news. Throws Error if the
  /// lease is over, which says why if the broker told: Disconnected, NoBroker, NoSuchLease.
  void check();

 private:
  class Body;
  std::unique_ptr<Body> body_;
};

}  // namespace gpiobroker
