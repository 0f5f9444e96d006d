// SPDX-License-Identifier: GPL-2.0-or-later
// A holder's right to lines, and how it ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/lease/access.h"
#include "core/lease/client.h"
#include "core/lease/edge_queue.h"
#include "core/lease/lifetime.h"
#include "core/line/settings.h"

namespace gpiobroker::core {

struct LeasedLine {
  LineId id;
  std::string spec;        ///< as the holder called it when acquiring; values are reported under it
  LineSettings settings;   ///< as asked for; levels driven later are not entered here
  Instant quiet_since{0};  ///< when its last edge came, or when it was granted or last told of
};

struct Lease {
  LeaseId id;
  Client holder;
  std::vector<LeasedLine> lines;     ///< those still leased, in the order of the request
  std::vector<LeasedLine> released;  ///< those released before the rest
  std::string consumer;              ///< the kernel's label for the lines
  Lifetime lifetime = {};
  bool attached = true;   ///< whether the holder is on the bus; leases of a connection always are
  Instant kept_alive{0};  ///< when it was granted or last kept alive
  Instant last_use{0};    ///< when its holder last did anything with it
  Instant forgiven{0};    ///< until when its holder's silence was the broker's own fault
  Access access = Access::exclusive;
  bool unobserved = false;  ///< nobody may observe its lines
  bool direct = false;      ///< it has kernel requests of its own, which its holder may open
  bool opened = false;      ///< its holder was given duplicates of them
  Instant edge_timeout{0};  ///< after which it hears of a line without edges; 0: never
  EdgeQueue edges = EdgeQueue();
  std::optional<ClientName> offered_to = {};  ///< who may take it over

  [[nodiscard]] bool observes() const { return access == Access::observe; }
  [[nodiscard]] std::vector<LineId> line_ids() const;

  /// How many edges the broker may come to keep for it: none if it asks for none.
  [[nodiscard]] std::size_t buffered_edges() const;

  /// The line as it is leased, or nothing if it is not in the lease.
  [[nodiscard]] const LeasedLine* find(LineId line) const;
  [[nodiscard]] LeasedLine* find(LineId line);

  /// The line that the holder called so when acquiring: that is what it means by it, whatever other
  /// chip has a line of that name by now.
  [[nodiscard]] const LeasedLine* find_called(std::string_view spec) const;

  /// Whether a line left it before the rest; by its id, or as the holder called it.
  [[nodiscard]] bool has_released(LineId line) const;
  [[nodiscard]] bool has_released(std::string_view spec) const;
};

/// How messages name the holder of a lease. The process that took one with a life of its own may
/// have ended long ago: its number is not named then.
[[nodiscard]] std::string describe_holder(const Lease& lease);

/// Why a lease ended. Every reason takes the same road.
enum class EndReason {
  released,      ///< the holder gave back its last line
  holder_gone,   ///< the holder left the bus, whatever became of it
  process_gone,  ///< the process that it was to live as long as has ended
  fd_closed,     ///< nobody has the other end of its pipe or socket any more
  expired,       ///< its time ran out and nobody kept it alive
  hung,          ///< its holder did nothing for longer than its heartbeat
  revoked,       ///< somebody who may do that ended it
  chip_removed,  ///< a chip is gone, and with it lines of the lease
  bus_lost,      ///< the bus is gone, and with it every client
  shutdown,      ///< the broker stops
};

[[nodiscard]] constexpr const char* to_word(EndReason reason) {
  switch (reason) {
    case EndReason::released: return "released";
    case EndReason::holder_gone: return "holder-gone";
    case EndReason::process_gone: return "process-gone";
    case EndReason::fd_closed: return "fd-closed";
    case EndReason::expired: return "expired";
    case EndReason::hung: return "hung";
    case EndReason::revoked: return "revoked";
    case EndReason::chip_removed: return "chip-removed";
    case EndReason::bus_lost: return "bus-lost";
    case EndReason::shutdown: return "shutdown";
  }
  return "unknown";
}

}  // namespace gpiobroker::core
