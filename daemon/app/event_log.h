// SPDX-License-Identifier: GPL-2.0-or-later
// Logs what happens to leases and lines: grants, refusals, ends, resets and quarantine.
#pragma once

#include <string>

#include "app/log_pace.h"
#include "core/broker/broker.h"
#include "turn/listener.h"

namespace gpiobroker::app {

/// A call that was turned down.
struct RefusedCall {
  std::string method;  ///< such as "AcquireLines"
  std::string error;   ///< the last word of the error's name, such as "Busy"
  std::string message;
};

/// Writes what happened, with fields for the journal beside it (docs/journal.md). What a client can
/// cause as often as it likes is paced by its user (LogPace); what failed is always written.
class EventLog : public turn::Listener {
 public:
  explicit EventLog(const core::Broker& broker) : broker_(broker) {}

  void changed(const core::Change& change, core::Instant now) override;
  void refused(const core::Client& caller, const RefusedCall& call, core::Instant now);

  /// Paced by chip: one that tells of nothing may have many lines, and be asked often.
  void line_unreadable(core::LineId line, const core::Refusal& why, core::Instant now);
  void line_readable_again(core::LineId line, core::Instant now);

  /// A chip does not answer in time, or does so again. Paced by chip, too.
  void chip_slow(core::ChipId chip, core::Instant now);
  void chip_well(core::ChipId chip, core::Instant now);

  /// The bus did not take a message of this kind. Told once a minute for each kind: where one is
  /// refused, others like it will be.
  void unsent(std::uint32_t kind, const std::string& what, const std::string& why,
              core::Instant now);

 private:
  void granted(const core::Lease& lease, core::Instant now);
  void transferred(const core::Transferred& moved, core::Instant now);
  void ended(const core::EndedLease& lease, core::Instant now);
  void quarantined(const core::FailedReset& failure, core::Instant now);
  void held_back(const core::HeldBack& held);
  void undone(core::LineId line, core::Instant now);
  void not_parked(const core::ParkFailure& failure);
  void recovered(core::LineId line);

  const core::Broker& broker_;
  LogPace pace_;
  LogPace pace_of_chips_;                               // by their ids
  LogPace pace_of_unsent_{std::chrono::minutes(1), 1};  // by their kinds
};

}  // namespace gpiobroker::app
