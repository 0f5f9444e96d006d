// SPDX-License-Identifier: LGPL-2.1-or-later
// Tells a program of the edges of a lease's lines as they come.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gpiobroker/edge.h"
#include "gpiobroker/lease_watch.h"

namespace gpiobroker {

/// Has the broker send the edges of a lease. One at a time for a lease.
///
///     auto lease = broker.acquire({"GPIO17"}, {.direction = Direction::input, .edge =
///     Edge::both}); gpiobroker::EdgeWatch watch(lease); for (;;) {
///       for (const auto& edge : watch.take()) std::puts(edge.line.c_str());
///       const auto wait = watch.pollable();
///       pollfd bus{.fd = wait.fd, .events = wait.events, .revents = 0};
///       poll(&bus, 1, static_cast<int>(wait.timeout.count()));
///     }
///
/// Whoever reads too slowly loses the oldest edges, and is told how many.
class EdgeWatch {
 public:
  /// Throws Error as Lease::get() does.
  explicit EdgeWatch(const Lease& lease);
  EdgeWatch(const EdgeWatch&) = delete;
  EdgeWatch& operator=(const EdgeWatch&) = delete;
  ~EdgeWatch();

  /// The levels from which the edges start.
  [[nodiscard]] const std::vector<LineStanding>& start() const;

  /// Asked anew before each wait, after take(). Throws Error: Disconnected.
  [[nodiscard]] Pollable pollable() const;

  /// The edges that have come since the last call, the oldest first. Throws Error if the lease is
  /// over: Disconnected, NoBroker, NoSuchLease.
  [[nodiscard]] std::vector<EdgeEvent> take();

  /// How many edges of each line were lost since the lease was granted; lines that lost none are
  /// left out.
  [[nodiscard]] const std::map<std::string, std::uint64_t>& lost() const;

 private:
  class Body;
  std::unique_ptr<Body> body_;
};

}  // namespace gpiobroker
