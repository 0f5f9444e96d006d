// SPDX-License-Identifier: LGPL-2.1-or-later
// What a line can be asked to be.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "gpiobroker/lifetime.h"

namespace gpiobroker {

enum class Direction : std::uint8_t { as_is, input, output };
enum class Edge : std::uint8_t { none, rising, falling, both };
enum class Bias : std::uint8_t { as_is, disabled, pull_up, pull_down };
enum class Drive : std::uint8_t { push_pull, open_drain, open_source };
enum class EventClock : std::uint8_t { monotonic, realtime, hte };

/// Who else may have the lines of a lease.
enum class Access : std::uint8_t {
  exclusive,  ///< nobody, but for observers
  shared,     ///< of inputs: others who want them with the same bias, debouncing and clock
  observe,    ///< whoever holds them; levels and edges only
};

/// Settings of one line or of several. What is not filled in is the broker's default when lines
/// are acquired, and stays as it is when they are reconfigured. The manual of the D-Bus interface
/// org.gpiobroker1.Manager says what each does, and which go together.
///
///     broker.acquire({"GPIO17"}, {.direction = Direction::output, .value = true});
struct Settings {
  std::optional<Direction> direction = {};  ///< default: as it is
  std::optional<bool> value = {};           ///< of an output, from the first moment on
  std::optional<Bias> bias = {};            ///< best effort: not every chip can
  std::optional<Edge> edge = {};            ///< of an input
  std::optional<Drive> drive = {};          ///< of an output
  std::optional<bool> active_low = {};      ///< whether active, or true, is a low level
  std::optional<std::chrono::microseconds> debounce = {};  ///< of an input; 0 for none
  std::optional<EventClock> event_clock = {};

  /// What the kernel shows as the user of the lines: at most 31 bytes, printable ASCII or \xNN. One
  /// for a lease, given when it is acquired, for all of its lines. Empty: the broker makes one.
  std::string consumer = {};

  /// What the lease lives as long as; none: its connection. Like the consumer for all of its lines,
  /// and from the start.
  std::optional<Lifetime> lifetime = {};

  /// Like the lifetime for all lines and from the start, as is what follows. Default: exclusive.
  std::optional<Access> access = {};

  /// Whether nobody may observe the lines: who does so far loses them. Not of an observer.
  std::optional<bool> unobserved = {};

  /// Whether to take lines whose pins serve a peripheral, such as a UART, which loses them for
  /// good.
  std::optional<bool> take_from_peripheral = {};

  /// How many edges the broker keeps for this lease: 1 to 65536, by default 1024.
  std::optional<std::uint32_t> event_buffer_size = {};

  /// Have EdgeKind::timeout for each line that has had no edge for so long.
  std::optional<std::chrono::milliseconds> edge_timeout = {};

  /// If nothing is done with the lease for longer than that, its holder is taken for hung.
  std::optional<std::chrono::milliseconds> heartbeat = {};

  /// Whether the lines are to be driven and read by system calls: Lease::direct().
  std::optional<bool> direct = {};
};

/// A line, in any of the forms that the broker knows ("GPIO17", "J8:11", "gpiochip0:17", ...), with
/// settings of its own.
struct LineSettings {
  std::string line;
  Settings settings = {};
};

}  // namespace gpiobroker
