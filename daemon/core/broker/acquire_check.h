// SPDX-License-Identifier: GPL-2.0-or-later
// Tells whether a request for a lease can be granted, before any line is touched.
#pragma once

#include <string>
#include <vector>

#include "core/broker/state.h"

namespace gpiobroker::core {

/// Looks at a broker's leases, quarantine and policy, and changes nothing.
class AcquireCheck {
 public:
  explicit AcquireCheck(const BrokerState& state) : state_(state) {}

  /// The lines of a request, each with its settings, if all of them can be had now. Refused: as
  /// Broker::acquire(), but for what chips and the ledger refuse.
  [[nodiscard]] Result<std::vector<LineWithSettings<LineId>>> resolve(
      const Client& holder, const AcquireRequest& request) const;

  /// Whether somebody may have lines in the way that a lease has them. Refused: denied.
  [[nodiscard]] Result<void> check_rights(const Client& client, LineId line, Access access,
                                          LifetimeKind lifetime) const;

  /// Why a request has to wait.
  [[nodiscard]] std::string why_busy(const Client& holder, const AcquireRequest& request,
                                     const std::vector<LineId>& lines) const;

 private:
  [[nodiscard]] Result<void> check_pin(const Client& client, LineId line,
                                       const AcquireRequest& request) const;
  [[nodiscard]] Result<void> check_direct(const Client& client, LineId line) const;
  [[nodiscard]] Result<void> check_request(const AcquireRequest& request, LineId line,
                                           const std::vector<LineId>& lines) const;
  [[nodiscard]] Result<void> check_available(const Client& holder, const AcquireRequest& request,
                                             LineId line, const LineSettings& settings) const;
  [[nodiscard]] Result<void> check_shareable(const Client& holder, LineId line,
                                             const LineSettings& settings,
                                             const Lease& other) const;
  [[nodiscard]] Refused busy(const Client& holder, LineId line, const Lease& other,
                             const std::string& how) const;

  const BrokerState& state_;
};

/// Whether settings go together, and with the access. Refused: invalid_setting.
[[nodiscard]] Result<void> check_settings(Access access, const LineSettings& settings);

/// What two holders of one line differ in that it can be only one way or the other, in words;
/// empty if they agree. Active-low and the selection of edges are each holder's own.
[[nodiscard]] std::string difference(const LineSettings& present, const LineSettings& wanted);

}  // namespace gpiobroker::core
