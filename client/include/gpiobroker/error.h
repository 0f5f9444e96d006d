// SPDX-License-Identifier: LGPL-2.1-or-later
// The one exception of the library: it says why a call was not carried out.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace gpiobroker {

/// Why a call failed. what() is a sentence for a person and says what to do where something can be
/// done; reason() is a word for a program.
///
/// Reasons are those of org.gpiobroker1.Manager, such as "NoSuchLine", "Busy" (another client has
/// the line) or "InUse" (a program outside the broker has it); those of D-Bus, such as
/// "AccessDenied"; and those below. More may be added.
class Error : public std::runtime_error {
 public:
  Error(std::string reason, const std::string& message)
      : std::runtime_error(message), reason_(std::move(reason)) {}

  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  std::string reason_;
};

/// The bus cannot be reached, or was lost. Every lease of the connection is over, and the
/// connection will not come back: make a new Broker.
inline constexpr const char* kDisconnected = "Disconnected";

/// There is no broker on the bus, it left during the call, or it does not answer in time. Leases
/// of a broker that is gone are over. A Broker object serves again as soon as there is a new one.
inline constexpr const char* kNoBroker = "NoBroker";

/// The lease is over, though its broker is not: released here, or ended by root.
inline constexpr const char* kNoSuchLease = "NoSuchLease";

/// The bus does not let this user make the call.
inline constexpr const char* kAccessDenied = "AccessDenied";

}  // namespace gpiobroker
