// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps of a line what the kernel keeps, as far as line info shows it.
#include "gpio/simulated_lines.h"

#include <utility>

#include "core/base/text.h"

namespace gpiobroker::gpio {
namespace {

// As many as the kernel keeps at most for a request, here for a line.
constexpr std::size_t kMostEdgesOfALine = 1024;

std::chrono::nanoseconds time_on(core::EventClock clock) {
  if (clock != core::EventClock::realtime) return SimulatedLines::time();
  return std::chrono::system_clock::now().time_since_epoch();
}

bool on_wire(core::Value value, bool active_low) {
  return (value == core::Value::active) != active_low;
}

}  // namespace

SimulatedLines::SimulatedLines(const std::vector<std::string>& names) : lines_(names.size()) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    lines_[i].info.name = names[i];
    forget_settings(lines_[i]);
  }
}

core::LineInfo SimulatedLines::info(core::Offset offset) const {
  return lines_.at(offset.value).info;
}

core::PinUse SimulatedLines::pin_use(core::Offset offset) const {
  const std::string& function = lines_.at(offset.value).function;
  return {.function = function, .selected = !function.empty()};
}

void SimulatedLines::take(core::Offset offset, std::string_view consumer,
                          std::function<void()> edge_came) {
  Line& line = lines_.at(offset.value);
  forget_settings(line);
  line.edges.clear();
  line.edge_count = 0;
  line.edge_came = std::move(edge_came);
  line.info.used = true;
  line.info.consumer = consumer;
}

void SimulatedLines::give_back(core::Offset offset) {
  Line& line = lines_.at(offset.value);
  line.function.clear();
  forget_settings(line);
  line.edge_came = nullptr;
  line.settle_later = nullptr;
  line.info.used = false;
  line.info.consumer.clear();
}

// Linux clears a line's flags when it is requested as it is and when it is freed (gpiolib.c,
// gpiod_free_commit); the direction it asks the hardware for.
void SimulatedLines::forget_settings(Line& line) {
  line.info.settings = {
      .direction = line.pin.is_output() ? core::Direction::output : core::Direction::input,
      .bias = core::Bias::unknown};
  line.settled_high.reset();
  line.settles.reset();
}

// As Linux's own debouncer (gpiolib-cdev.c, debounce_setup): it begins with the level that is
// there.
void SimulatedLines::begin_to_debounce(Line& line) {
  line.settled_high.reset();
  line.settles.reset();
  if (line.info.settings.debounce.count() > 0) line.settled_high = line.pin.state().high;
}

void SimulatedLines::when_unsettled(core::Offset offset, SettleLater settle_later) {
  lines_.at(offset.value).settle_later = std::move(settle_later);
}

void SimulatedLines::settle(core::Offset offset) {
  Line& line = lines_.at(offset.value);
  if (!line.settles || time() < *line.settles) return;
  line.settles.reset();
  const bool high = line.pin.state().high;
  if (std::exchange(line.settled_high, high) == high) return;
  note_edge(offset, high != line.info.settings.active_low);
}

core::Result<void> SimulatedLines::check(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  for (const auto& each : lines) {
    if (each.settings.event_clock != core::EventClock::hte) continue;
    return core::refuse(core::Reason::unsupported, "event-clock",
                        "event-clock 'hte' is not supported: a simulated chip has no hardware "
                        "timestamping engine");
  }
  return {};
}

void SimulatedLines::configure(core::Offset offset, const core::LineSettings& settings) {
  if (settings.direction == core::Direction::as_is) return;
  Line& line = lines_.at(offset.value);
  auto& info = line.info;
  auto& pin = line.pin;
  line.function.clear();
  info.settings = settings;
  info.settings.value.reset();
  if (settings.bias == core::Bias::as_is) info.settings.bias = core::Bias::unknown;
  pin.set_pull(settings.bias);
  if (settings.direction == core::Direction::input) {
    pin.become_input();
  } else {
    const core::Value value = settings.value.value_or(core::Value::inactive);
    pin.become_output(settings.drive, on_wire(value, settings.active_low));
  }
  begin_to_debounce(line);
}

core::Value SimulatedLines::get(core::Offset offset) {
  settle(offset);
  const Line& line = lines_.at(offset.value);
  const bool high = line.settled_high.value_or(line.pin.state().high);
  return high != line.info.settings.active_low ? core::Value::active : core::Value::inactive;
}

void SimulatedLines::set(core::Offset offset, core::Value value) {
  Line& line = lines_.at(offset.value);
  line.pin.set(on_wire(value, line.info.settings.active_low));
}

core::Result<void> SimulatedLines::drive_input(core::Offset offset, std::optional<bool> high) {
  if (auto exists = check_exists(offset); !exists) return exists;
  settle(offset);
  Line& line = lines_[offset.value];
  const bool before = line.pin.state().high;
  line.pin.attach(high);
  if (line.pin.state().high == before) return {};
  if (line.settled_high) {
    const std::chrono::microseconds period = line.info.settings.debounce;
    line.settles = time() + period;  // anew with each change: as long as it bounces nothing counts
    if (line.settle_later) line.settle_later(period);
  } else {
    note_edge(offset, before == line.info.settings.active_low);
  }
  return {};
}

void SimulatedLines::note_edge(core::Offset offset, bool rising) {
  Line& line = lines_.at(offset.value);
  const core::Edge selected = line.info.settings.edge;
  const core::Edge edge = rising ? core::Edge::rising : core::Edge::falling;
  if (selected != core::Edge::both && selected != edge) return;
  if (line.edges.size() == kMostEdgesOfALine) line.edges.pop_front();
  line.edges.push_back({.offset = offset,
                        .rising = rising,
                        .timestamp = time_on(line.info.settings.event_clock),
                        .sequence = ++line.edge_count});
  if (line.edge_came) line.edge_came();
}

std::vector<core::LineEdge> SimulatedLines::read_edges(core::Offset offset) {
  settle(offset);
  std::deque<core::LineEdge>& edges = lines_.at(offset.value).edges;
  std::vector<core::LineEdge> read(edges.begin(), edges.end());
  edges.clear();
  return read;
}

std::chrono::nanoseconds SimulatedLines::time() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

core::Result<void> SimulatedLines::select_function(core::Offset offset,
                                                   const std::string& function) {
  if (auto exists = check_exists(offset); !exists) return exists;
  lines_[offset.value].function = core::printable(function);
  return {};
}

core::Result<core::PinState> SimulatedLines::pin_state(core::Offset offset) const {
  if (auto exists = check_exists(offset); !exists) return core::Refused(exists.error());
  return lines_[offset.value].pin.state();
}

core::Result<void> SimulatedLines::check_exists(core::Offset offset) const {
  if (offset.value < count()) return {};
  return core::refuse(core::Reason::no_such_line, "offset",
                      "offset " + std::to_string(offset.value) + " is not accepted: the chip has " +
                          std::to_string(count()) + " lines, counted from 0");
}

}  // namespace gpiobroker::gpio
