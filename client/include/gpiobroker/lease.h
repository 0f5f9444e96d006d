// SPDX-License-Identifier: LGPL-2.1-or-later
// A right to GPIO lines that ends with its object.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gpiobroker/edge.h"
#include "gpiobroker/settings.h"

namespace gpiobroker {

namespace detail {
class OpenedLease;
}
class DirectLines;

/// Lines, under the names that the call gave them, and whether each is active: high, or low on an
/// active-low line.
using Values = std::map<std::string, bool>;

/// Lines held from the broker. When the object goes, the broker puts them into their safe state
/// (input with bias disabled, unless its configuration says otherwise) and gives them back to the
/// kernel. Not so with a lease that was given a Lifetime of its own: that lives on.
///
/// Otherwise the connection to the bus is the lifetime: if the process ends in any way, or the bus
/// or the broker is lost, the lease is over, without the object noticing by itself. The next call
/// then throws; a LeaseWatch tells sooner. The connection stays open as long as its Broker or one
/// of its leases is there.
///
/// Lines are named as when they were acquired, or in any other form that the broker knows. An
/// empty list names no line; the functions without a list act on all lines of the lease.
///
/// Calls block until the broker has answered and throw Error: Disconnected, NoBroker,
/// NoSuchLease, NoSuchLine, NotInLease, HardwareFailure, ChipSlow, ChipGone and what each adds. A
/// call that throws has changed nothing.
///
/// One thread at a time may use a Broker and all that came from it. After a fork() they are the
/// parent's; in the child they do nothing.
class Lease {
 public:
  Lease(Lease&&) noexcept;

  /// Ends the lease that was here before, as the destructor does.
  Lease& operator=(Lease&&) noexcept;

  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  /// Releases all lines, unless the lease has a lifetime of its own or is somebody else's by now
  /// (offer()), and waits for it. Never throws: where it fails, bus or broker are gone and the
  /// lease with them.
  ~Lease();

  [[nodiscard]] Values get() const;
  [[nodiscard]] Values get(const std::vector<std::string>& lines) const;

  /// Whether one line is active.
  [[nodiscard]] bool is_active(const std::string& line) const;

  /// Drives outputs. Throws also NotAnOutput.
  void set(const Values& values);
  void set(const std::string& line, bool active);

  /// Changes the settings that are filled in and leaves the others. An output that stays one keeps
  /// its level unless a value is given. Throws also InvalidSetting, Unsupported, and
  /// UnknownSetting for a consumer, which cannot be changed.
  void reconfigure(const Settings& settings);
  void reconfigure(const std::vector<std::string>& lines, const Settings& settings);

  /// Gives back lines before the end; the others stay as they are. Lines that were released before
  /// are no error. The lease ends with its last line.
  void release(const std::vector<std::string>& lines);

  /// Gives back all lines and says so by throwing if that fails, also where another has accepted
  /// the lease: it stays that client's. No error if the lease was released before. What was opened
  /// by direct() is closed first, as by the destructor.
  void release();

  /// A sign of life: starts the time of a lease with a ttl anew, and serves its heartbeat.
  void keep_alive();

  /// The edges that nobody has taken yet; if there are none, those that come next, or none if none
  /// comes in time. The broker keeps them from the start of the lease, and what it has answered
  /// until the next call: a call that throws, because the broker was slow to answer, has cost none.
  [[nodiscard]] std::vector<EdgeEvent> wait_for_edges(std::chrono::milliseconds time);

  /// Lets another client take the lease over by Broker::accept(); it is named by its unique name on
  /// the bus. Nobody, if that is empty.
  void offer(const std::string& receiver);

  /// Opens the lines of a lease that was acquired with Settings::direct
  /// (gpiobroker/direct_lines.h). From then on edges come there alone. Called again it gives the
  /// same lines once more; open a lease from one Lease object of a connection only. Throws also
  /// NotDirect, Unsupported, NotRecorded.
  [[nodiscard]] DirectLines direct();

  /// The lease's object on the bus, such as "/org/gpiobroker1/leases/1".
  [[nodiscard]] const std::string& path() const;

 private:
  friend class Broker;
  friend class EdgeWatch;
  friend class LeaseWatch;
  friend class detail::OpenedLease;
  struct Body;

  explicit Lease(std::unique_ptr<Body> body);
  [[nodiscard]] Body& body() const;
  void let_go() noexcept;

  std::unique_ptr<Body> body_;  // null once all was released, or the lease was moved away
};

}  // namespace gpiobroker
