// SPDX-License-Identifier: GPL-2.0-or-later
// How lines leave their leases: reset, and given back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/broker/broker.h"

namespace gpiobroker::core {

/// Acts on a broker's leases and lines. Whatever ends a lease, and however much of it, comes here.
class LeaseEnd {
 public:
  explicit LeaseEnd(Broker& broker) : broker_(broker) {}

  /// The lines of a lease that are named, all of them if none is. One that has left it before is
  /// left out. Refused: not_in_lease, no_such_line, ambiguous_line, duplicate_line.
  [[nodiscard]] Result<std::vector<LineId>> lines_named(
      const Lease& lease, const std::vector<std::string>& specs) const;

  /// Takes lines out of a lease, and resets those that nobody else has. The lease ends with its
  /// last line.
  Change part(LeaseId id, const std::vector<LineId>& lines, EndReason reason, Instant now);

  /// Takes all lines out of the leases: resets them all, then gives them back.
  Change end(const std::vector<LeaseId>& leases, EndReason reason, Instant now);

  /// Resets lines that are held, and gives back to the kernel, or parks, those for which that
  /// worked; the others are in quarantine from then on. `change` hears of both.
  void reset_and_give_back(const std::vector<LineId>& lines, Instant now, Change& change);

 private:
  [[nodiscard]] Result<std::optional<LineId>> line_called(const Lease& lease,
                                                          const std::string& spec) const;
  [[nodiscard]] std::vector<LeaseId> slow_ones_last(std::vector<LeaseId> leases) const;

  /// What part() does but for what others see: adds to `safe` the lines that are to be let go.
  Change take_out(LeaseId id, const std::vector<LineId>& lines, EndReason reason, Instant now,
                  std::vector<LineId>& safe);

  /// Those that are safe now; the others are in quarantine.
  std::vector<LineId> reset_lines(const std::vector<LineId>& lines, Instant now, Change& change);

  /// Writes lines off that are safe, and gives them back or parks them.
  void let_go(const std::vector<LineId>& safe);
  void give_back(const std::vector<LineId>& lines);

  Broker& broker_;
};

}  // namespace gpiobroker::core
