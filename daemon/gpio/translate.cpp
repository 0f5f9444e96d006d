// SPDX-License-Identifier: GPL-2.0-or-later
// One switch per setting and direction; none has a default, so that a new word cannot be forgotten.
#include "gpio/translate.h"

#include "core/base/spelling.h"

namespace gpiobroker::gpio {
namespace {

using gpiod::line::bias;
using gpiod::line::clock;
using gpiod::line::direction;
using gpiod::line::drive;
using gpiod::line::edge;
using gpiod::line::value;

direction to_gpiod(core::Direction from) {
  switch (from) {
    case core::Direction::as_is: return direction::AS_IS;
    case core::Direction::input: return direction::INPUT;
    case core::Direction::output: return direction::OUTPUT;
  }
  return direction::AS_IS;
}

edge to_gpiod(core::Edge from) {
  switch (from) {
    case core::Edge::none: return edge::NONE;
    case core::Edge::rising: return edge::RISING;
    case core::Edge::falling: return edge::FALLING;
    case core::Edge::both: return edge::BOTH;
  }
  return edge::NONE;
}

bias to_gpiod(core::Bias from) {
  switch (from) {
    case core::Bias::unknown:
    case core::Bias::as_is: return bias::AS_IS;
    case core::Bias::disabled: return bias::DISABLED;
    case core::Bias::pull_up: return bias::PULL_UP;
    case core::Bias::pull_down: return bias::PULL_DOWN;
  }
  return bias::AS_IS;
}

drive to_gpiod(core::Drive from) {
  switch (from) {
    case core::Drive::push_pull: return drive::PUSH_PULL;
    case core::Drive::open_drain: return drive::OPEN_DRAIN;
    case core::Drive::open_source: return drive::OPEN_SOURCE;
  }
  return drive::PUSH_PULL;
}

clock to_gpiod(core::EventClock from) {
  switch (from) {
    case core::EventClock::monotonic: return clock::MONOTONIC;
    case core::EventClock::realtime: return clock::REALTIME;
    case core::EventClock::hte: return clock::HTE;
  }
  return clock::MONOTONIC;
}

core::Direction from_gpiod(direction from) {
  return from == direction::OUTPUT ? core::Direction::output : core::Direction::input;
}

core::Edge from_gpiod(edge from) {
  switch (from) {
    case edge::NONE: return core::Edge::none;
    case edge::RISING: return core::Edge::rising;
    case edge::FALLING: return core::Edge::falling;
    case edge::BOTH: return core::Edge::both;
  }
  return core::Edge::none;
}

core::Bias from_gpiod(bias from) {
  switch (from) {
    case bias::AS_IS:
    case bias::UNKNOWN: return core::Bias::unknown;
    case bias::DISABLED: return core::Bias::disabled;
    case bias::PULL_UP: return core::Bias::pull_up;
    case bias::PULL_DOWN: return core::Bias::pull_down;
  }
  return core::Bias::unknown;
}

core::Drive from_gpiod(drive from) {
  switch (from) {
    case drive::PUSH_PULL: return core::Drive::push_pull;
    case drive::OPEN_DRAIN: return core::Drive::open_drain;
    case drive::OPEN_SOURCE: return core::Drive::open_source;
  }
  return core::Drive::push_pull;
}

core::EventClock from_gpiod(clock from) {
  switch (from) {
    case clock::MONOTONIC: return core::EventClock::monotonic;
    case clock::REALTIME: return core::EventClock::realtime;
    case clock::HTE: return core::EventClock::hte;
  }
  return core::EventClock::monotonic;
}

}  // namespace

gpiod::line::value to_gpiod(core::Value from) {
  return from == core::Value::active ? value::ACTIVE : value::INACTIVE;
}

core::Value from_gpiod(gpiod::line::value from) {
  return from == value::ACTIVE ? core::Value::active : core::Value::inactive;
}

// As-is settings stay empty: an edge would make libgpiod ask for an input, whatever the direction
// (lib/line-config.c, make_kernel_flags), and the kernel refuses most of the rest.
gpiod::line_settings to_gpiod(const core::LineSettings& from) {
  gpiod::line_settings to;
  if (from.direction == core::Direction::as_is) return to;
  to.set_direction(to_gpiod(from.direction))
      .set_edge_detection(to_gpiod(from.edge))
      .set_bias(to_gpiod(from.bias))
      .set_drive(to_gpiod(from.drive))
      .set_active_low(from.active_low)
      .set_debounce_period(from.debounce)
      .set_event_clock(to_gpiod(from.event_clock))
      .set_output_value(to_gpiod(from.value.value_or(core::Value::inactive)));
  return to;
}

core::LineInfo from_gpiod(const gpiod::line_info& from) {
  return {.name = core::name_from(from.name()),
          .used = from.used(),
          .consumer = core::name_from(from.consumer()),
          .settings = {.direction = from_gpiod(from.direction()),
                       .edge = from_gpiod(from.edge_detection()),
                       .bias = from_gpiod(from.bias()),
                       .drive = from_gpiod(from.drive()),
                       .active_low = from.active_low(),
                       .event_clock = from_gpiod(from.event_clock()),
                       .debounce = from.debounce_period()}};
}

core::LineEdge from_gpiod(const gpiod::edge_event& event) {
  const gpiod::line::offset line = event.line_offset();
  return {.offset = core::Offset{static_cast<unsigned>(line)},
          .rising = event.type() == gpiod::edge_event::event_type::RISING_EDGE,
          .timestamp = std::chrono::nanoseconds(event.timestamp_ns().ns()),
          .sequence = static_cast<std::uint32_t>(event.line_seqno())};
}

}  // namespace gpiobroker::gpio
