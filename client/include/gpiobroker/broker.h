// SPDX-License-Identifier: LGPL-2.1-or-later
// A connection to the broker, by which a program leases lines.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gpiobroker/error.h"
#include "gpiobroker/inventory.h"
#include "gpiobroker/lease.h"
#include "gpiobroker/policy.h"
#include "gpiobroker/settings.h"
#include "gpiobroker/status.h"

namespace gpiobroker {

namespace detail {
class Connection;
}

/// The broker at the other end of a bus.
///
///     gpiobroker::Broker broker;
///     auto led = broker.acquire({"GPIO17"}, {.direction = gpiobroker::Direction::output});
///     led.set("GPIO17", true);
///
/// Calls block until the broker has answered and throw Error: Disconnected, NoBroker, AccessDenied
/// and what each adds. A call that throws has changed nothing.
///
/// One thread at a time may use a Broker and all that came from it.
class Broker {
 public:
  /// Connects to the system bus. The broker need not be there yet. Throws Error: Disconnected.
  Broker();

  /// Connects to the bus at a D-Bus address ("unix:path=..."), to the system bus if it is empty.
  explicit Broker(const std::string& address);

  Broker(Broker&&) noexcept;
  Broker& operator=(Broker&&) noexcept;
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  /// Leases stay, and keep the connection open.
  ~Broker();

  /// Leases lines with common settings: all of them, or none. Throws also NoSuchLine,
  /// AmbiguousLine, DuplicateLine, NoLines, TooManyLines, InvalidSetting, Busy, InUse,
  /// ServesPeripheral, Quarantined, Unsupported, HardwareFailure, ChipSlow, ChipGone, Denied,
  /// BadConfiguration, QuotaExceeded.
  [[nodiscard]] Lease acquire(const std::vector<std::string>& lines, const Settings& settings = {});

  /// The same with settings for each line, which go over the common ones.
  [[nodiscard]] Lease acquire_each(const std::vector<LineSettings>& lines,
                                   const Settings& common = {});

  /// The lease that a line is in, if it is of this user's and has a Lifetime of its own: the way
  /// back to it from another program. Throws also NoSuchLease, NoSuchLine, AmbiguousLine.
  [[nodiscard]] Lease find_lease(const std::string& line);

  /// Takes over a lease that another client has offered to this connection, by its object's path.
  /// Its lines stay as they are. Throws also NoSuchLease, Denied, QuotaExceeded.
  [[nodiscard]] Lease accept(const std::string& lease_path);

  /// This connection's unique name on the bus, such as ":1.42".
  [[nodiscard]] std::string unique_name() const;

  /// Releases lines, in whichever of the user's leases they are. Those that are in none are no
  /// error, nor are those that are named twice. Throws also NoSuchLine, AmbiguousLine.
  void release(const std::vector<std::string>& lines);

  /// Ends the lease that a line is in, whoever has it; the reason is told to its holder and to the
  /// log. Throws also NoSuchLine, AmbiguousLine, NoSuchLease, Denied.
  void revoke(const std::string& line, const std::string& reason);

  /// Reads lines without a lease, whoever holds them. Unlike Lease::get(), true is a high level:
  /// active-low does not count. Throws also NoSuchLine, AmbiguousLine, DuplicateLine, NoLines,
  /// InUse, ServesPeripheral, HardwareFailure, ChipSlow, ChipGone, Denied, BadConfiguration.
  [[nodiscard]] Values read_lines(const std::vector<std::string>& lines);

  /// The line that a name, chip and offset, header pin or BCM number stands for. Throws also
  /// NoSuchLine, AmbiguousLine.
  [[nodiscard]] LineInfo find(const std::string& line);

  /// Everything that the broker knows, at one moment.
  [[nodiscard]] Inventory inventory();

  /// What the policy would say to somebody who asks to do something with a line: "read", "lease",
  /// "share", "observe", "persist", "direct", "time", "revoke" or "take-from-peripheral". Throws
  /// also NoSuchLine, AmbiguousLine, InvalidValue.
  [[nodiscard]] Verdict explain_policy(const Asker& asker, const std::string& line,
                                       const std::string& verb);

  /// How the broker is doing.
  [[nodiscard]] Status status();

  /// Whether a broker is on the bus now. Unlike all other calls this one does not have the bus
  /// start one.
  [[nodiscard]] bool is_running() const;

  /// The version of the broker, such as "0.1.0".
  [[nodiscard]] std::string version();

 private:
  std::shared_ptr<detail::Connection> connection_;
};

}  // namespace gpiobroker
