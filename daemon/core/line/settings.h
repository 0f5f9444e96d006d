// SPDX-License-Identifier: GPL-2.0-or-later
// What a line can be asked to be, in the vocabulary of libgpiod and the kernel's GPIO uAPI v2.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace gpiobroker::core {

enum class Direction : std::uint8_t { as_is, input, output };
enum class Edge : std::uint8_t { none, rising, falling, both };
/// `unknown` is what the kernel says of a bias that nobody asked for; it cannot be asked for.
enum class Bias : std::uint8_t { as_is, disabled, pull_up, pull_down, unknown };
enum class Drive : std::uint8_t { push_pull, open_drain, open_source };
enum class EventClock : std::uint8_t { monotonic, realtime, hte };

/// A logical level: what it means on the wire turns round on an active-low line.
enum class Value : std::uint8_t { inactive = 0, active = 1 };

[[nodiscard]] constexpr Value inverted(Value value) {
  return value == Value::active ? Value::inactive : Value::active;
}

/// Everything that is set on a line in one step. A default one leaves the line as it is.
struct LineSettings {
  Direction direction = Direction::as_is;
  Edge edge = Edge::none;
  Bias bias = Bias::as_is;
  Drive drive = Drive::push_pull;
  bool active_low = false;
  EventClock event_clock = EventClock::monotonic;
  std::chrono::microseconds debounce{0};  ///< 0: none; at most kLongestDebounce
  std::optional<Value> value = {};        ///< of an output; none counts as inactive

  bool operator==(const LineSettings&) const = default;
};

/// What is found of a line, as it could be asked for: a bias that nobody asked for cannot be.
[[nodiscard]] constexpr LineSettings as_asked_for(LineSettings found) {
  if (found.bias == Bias::unknown) found.bias = Bias::as_is;
  return found;
}

/// The kernel carries the period in 32 bits (struct gpio_v2_line_attribute, debounce_period_us).
inline constexpr std::chrono::microseconds kLongestDebounce{0xFFFFFFFFLL};

/// Where a line goes when nobody holds it any more: an input that neither drives nor pulls.
inline constexpr LineSettings kSafeInput{.direction = Direction::input, .bias = Bias::disabled};

}  // namespace gpiobroker::core
