// SPDX-License-Identifier: GPL-2.0-or-later
// Lines that nobody leases any more, and of whose kernel request somebody may have a duplicate.
#pragma once

#include <string>
#include <vector>

#include "core/broker/state.h"

namespace gpiobroker::core {

/// The road of a line of a direct lease from its reset to being free.
///
/// While a process lives that was given a duplicate, the broker keeps its own: with it the line is
/// reset again should it be configured. So it does for a moment when no such process lives, and as
/// long as somebody configures the line all the same. Then the broker closes its own and looks: if
/// the kernel still calls the line used, somebody else was passed a duplicate. Nobody can reset
/// such a line then, and the kernel tells when it is free. Until then the line is in quarantine,
/// and in the ledger.
class Duplicates {
 public:
  explicit Duplicates(BrokerState& state) : state_(state) {}

  /// Takes those lines out of `lines`, which are reset and in no lease any more, of which there may
  /// be duplicates, and has them wait.
  Change keep_back(std::vector<LineId>& lines, Instant now);

  /// A process that was given duplicates has ended, or says that it has closed them, as whoever
  /// gives a lease back.
  Change opener_gone(const ClientName& opener, Instant now);
  Change let_go(LeaseId lease, const ClientName& opener, Instant now);

  /// Looks again at lines that wait.
  Change look_again(const std::vector<LineId>& lines, Instant now);

  /// A line that an earlier broker handed out, and that somebody has.
  void wait_for(LineId line, Instant now);

  /// What the kernel tells of a line that waits. `when`, on the chip's clock, since it may have
  /// told so of an earlier request that nobody has heard of yet.
  Change heard_released(LineId line, std::chrono::nanoseconds when, Instant now);
  Change heard_configured(LineId line, Instant now);

 private:
  void hold_back_beside_failed(Change& change);
  Change close_or_wait(RequestId id, Instant now);
  Change close(HandedOut& entry, Instant now);
  Change undo(LineId line, Instant now);
  Change look(LineId line, Instant now);
  Change look_at_closed(LineId line, Instant now);
  Change look_at_closed_anew(LineId line, Instant now);
  Change keep_waiting(LineId line, const std::string& why, Instant now);
  Change take_back(LineId line, Instant now);
  Change set_free(LineId line);
  void forget(LineId line);
  [[nodiscard]] bool is_closed(LineId line) const;
  Change wait_for_quiet(const HandedOut& entry, Instant now);
  Change tell(LineId line, std::optional<Instant> due);
  [[nodiscard]] static std::string why_waiting(const HandedOut& entry);

  BrokerState& state_;
};

}  // namespace gpiobroker::core
