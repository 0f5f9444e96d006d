// SPDX-License-Identifier: LGPL-2.1-or-later
// Lines that a program drives and reads by system calls, past the broker, while it leases them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gpiobroker/edge.h"
#include "gpiobroker/lease.h"
#include "gpiobroker/lease_watch.h"

namespace gpiobroker {

namespace detail {
class OpenedLease;
}

/// A line of a direct lease, as DirectLines::find() finds it once. It means nothing to another
/// lease.
struct DirectLine {
  std::uint32_t request = 0;  ///< which of the lease's requests to the kernel
  std::uint32_t bit = 0;      ///< which line of that

  bool operator==(const DirectLine&) const = default;
};

struct DirectLevel {
  DirectLine line;
  bool active = false;
};

/// What the kernel tells of a line's change.
struct DirectEdge {
  DirectLine line;
  EdgeKind kind = EdgeKind::rising;       ///< of the logical level
  std::chrono::nanoseconds timestamp{0};  ///< by the lease's event clock; default: monotonic
  std::uint32_t line_sequence = 0;        ///< its number on the line: gaps are lost edges
  std::uint32_t sequence = 0;             ///< its number in the kernel's request
};

/// The lines of a lease that was acquired with Settings::direct, opened by Lease::direct(). To set
/// a level, to read one and to read edges cost one system call each, and no memory.
///
///     auto lease = broker.acquire({"GPIO17"}, {.direction = Direction::output, .direct = true});
///     auto lines = lease.direct();
///     const auto led = lines.find("GPIO17");
///     for (;;) {
///       for (int i = 0; i < 1000; ++i) lines.set(led, i % 2 == 0);
///       lines.check();
///     }
///
/// **The lease's end.** The library has no thread that listens to the bus, so the program has it
/// hear of the end: by check(), which costs little, or where it waits, by pollable(), as of a
/// LeaseWatch. check() then lets go of the descriptors, tells the broker so, and throws. Until it
/// was called, the lines of a lease that is over are held back from others, and to set what the
/// broker has made an input throws NotAnOutput. To release the lease lets go first and releases
/// then.
///
/// **Threads.** set(), get(), configure(), read_edges(), wait_for_edges() and descriptor() are for
/// any number of threads at a time, also while the one thread that may use the Broker calls the
/// rest or releases the lease. Once the descriptors are let go of, each of them throws why the
/// lease is over: Disconnected, NoBroker or NoSuchLease. Who waits for edges wakes up.
///
/// They throw Error: NotAnOutput, ChipGone, HardwareFailure and what each adds.
///
/// Keeps the connection open like a lease. After a fork() it is the parent's: a child that neither
/// destroys it nor calls exec(3) keeps descriptors, and holds the lines back at the end of the
/// lease.
class DirectLines {
 public:
  DirectLines(DirectLines&&) noexcept;
  DirectLines& operator=(DirectLines&&) noexcept;
  DirectLines(const DirectLines&) = delete;
  DirectLines& operator=(const DirectLines&) = delete;

  /// Closes the descriptors, if it is the last of the lease's, and tells the broker. The lease
  /// stays.
  ~DirectLines();

  /// The lines, as they were named when the lease was acquired.
  [[nodiscard]] const std::vector<std::string>& names() const;

  /// The line that has this name among names(). Throws NotInLease.
  [[nodiscard]] DirectLine find(const std::string& name) const;
  [[nodiscard]] const std::string& name(DirectLine line) const;

  /// Drives an output.
  void set(DirectLine line, bool active);

  /// Drives several, with one system call for each request to the kernel. If one of these throws,
  /// those before it are carried out. Of a line that is named twice the last level counts.
  void set(std::span<const DirectLevel> levels);

  [[nodiscard]] bool get(DirectLine line) const;

  /// Fills in the level of each line, with one system call for each request to the kernel.
  void get(std::span<DirectLevel> lines) const;

  /// The levels of all lines by name. Takes memory.
  [[nodiscard]] Values get() const;

  /// Makes the line what the settings say and nothing else: what is not filled in is the kernel's
  /// default, not what was before. They need a direction that is not as_is; besides that they may
  /// have value, bias, edge, drive, active_low, debounce and event_clock. One system call, as for
  /// lines that change their direction in the middle of a protocol; Lease::reconfigure() does the
  /// same over the bus, and keeps what is not filled in.
  ///
  /// Other lines of the lease keep level and direction. Before Linux 6.10 and its stable updates
  /// the kernel forgets of those on the same chip that they were active-low, how they drove, and
  /// their edges. Throws also InvalidSetting, UnknownSetting, Unsupported.
  void configure(DirectLine line, const Settings& settings);

  /// Fills in the edges that have come, without waiting. Those of one chip are in their order.
  /// Returns how many.
  std::size_t read_edges(std::span<DirectEdge> room);

  /// The same, and if none has come waits for the next, no longer than this; negative: for ever.
  std::size_t wait_for_edges(std::span<DirectEdge> room, std::chrono::milliseconds time);

  /// Readable, as for poll(2), while there are edges or once the lease is over; read_edges() then
  /// tells which. Stays the object's: neither read it nor close it.
  [[nodiscard]] int descriptor() const;

  /// What to wait for to hear of the end, asked anew before each wait, after check(). Throws Error:
  /// Disconnected.
  [[nodiscard]] Pollable pollable() const;

  /// Handles what has come on the bus, without waiting. If the lease is over, lets go of the
  /// descriptors, tells the broker, and throws Error, now and ever after: Disconnected, NoBroker,
  /// NoSuchLease.
  void check();

 private:
  friend class Lease;
  explicit DirectLines(std::shared_ptr<detail::OpenedLease> opened);

  std::shared_ptr<detail::OpenedLease> opened_;
};

}  // namespace gpiobroker
