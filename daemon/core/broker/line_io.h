// SPDX-License-Identifier: GPL-2.0-or-later
// Reads, drives and reconfigures lines that are leased.
#pragma once

#include <string>
#include <vector>

#include "core/broker/edges.h"
#include "core/broker/line_reader.h"
#include "core/broker/line_taking.h"
#include "core/broker/state.h"
#include "core/line/line_with_value.h"
#include "core/line/settings_change.h"

namespace gpiobroker::core {

/// A change of the settings of some of a lease's lines.
struct Reconfiguration {
  std::vector<std::string> lines;  ///< as a client names them; none: all of the lease's
  SettingsChange change;
};

/// Reads, writes and reconfigures through the requests that the broker holds. Refusals as for
/// Broker; a line is named by any spec that finds it.
class LineIo {
 public:
  LineIo(BrokerState& state, LineTaking& taking, Edges& edges)
      : state_(state), taking_(taking), edges_(edges) {}

  /// Logical levels of lines of a lease, all of them if none is named.
  [[nodiscard]] Result<std::vector<LineWithValue<std::string>>> get_values(
      const Client& caller, LeaseId id, const std::vector<std::string>& specs) const;

  /// Levels of a lease's lines, and their place in the sequence of edges. Edges from before are
  /// not to be had any more. Refused: as get_values().
  Result<std::vector<LineStanding>> start_edges(const Client& caller, LeaseId id, Instant now);

  /// Drives outputs of a lease: in one step if they were acquired in one call on one chip.
  /// Refused: no_lines, not_in_lease, not_an_output, duplicate_line.
  Result<void> set_values(const Client& caller, LeaseId id,
                          const std::vector<LineWithValue<std::string>>& values, Instant now);

  /// Changes settings of lines of a lease. If the chip refuses, the
  /// lines get their earlier settings back. Refused also: busy and invalid_setting, where others
  /// have a say in a line or the lease has none.
  Result<void> reconfigure(const Client& caller, LeaseId id, const Reconfiguration& wanted,
                           Instant now);

  /// As LineReader::read().
  Result<std::vector<LineWithValue<std::string>>> read_lines(
      const Client& client, const std::vector<std::string>& specs) {
    return reader_.read(client, specs);
  }

 private:
  [[nodiscard]] Result<const LeasedLine*> line_in(const Lease& lease,
                                                  const std::string& spec) const;
  [[nodiscard]] Result<std::vector<const LeasedLine*>> lines_in(
      const Lease& lease, const std::vector<std::string>& specs) const;
  using Lines = std::vector<const LeasedLine*>;

  [[nodiscard]] Result<std::vector<Value>> held(const Lines& lines) const;
  [[nodiscard]] Result<std::vector<Value>> observed(const Lease& lease, const Lines& lines) const;
  [[nodiscard]] LineSettings present_settings(const Lease& lease, const LeasedLine& line) const;
  [[nodiscard]] Result<void> check_room_for_edges(
      const Lease& lease, const std::vector<LineWithSettings<LineId>>& settings) const;
  [[nodiscard]] Result<void> check_change(const Lease& lease, const LeasedLine& line,
                                          const LineSettings& next) const;
  Result<void> apply(const Lease& lease, const std::vector<LineWithSettings<LineId>>& settings);
  [[nodiscard]] std::vector<LineWithSettings<LineId>> in_kernel(
      const Lease& lease, const std::vector<LineWithSettings<LineId>>& settings,
      LineTaking::Observers observers) const;

  BrokerState& state_;
  LineTaking& taking_;
  Edges& edges_;
  LineReader reader_{state_};
};

}  // namespace gpiobroker::core
