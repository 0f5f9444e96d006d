// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of a simulated chip: what a kernel would say of each, over the pin that it moves.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/chip/chip.h"
#include "gpio/simulated_pin.h"

namespace gpiobroker::gpio {

/// Follows Linux's gpiolib: who takes or gives back a line changes what is said of its settings
/// but not its pin, so that the pull of a line nobody configured is unknown.
///
/// Offsets are below count(), but for those of the outside world, which are checked.
class SimulatedLines : public core::Simulation {
 public:
  explicit SimulatedLines(const std::vector<std::string>& names);

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(lines_.size()); }
  [[nodiscard]] core::LineInfo info(core::Offset offset) const;

  [[nodiscard]] core::PinUse pin_use(core::Offset offset) const;

  /// Takes a free line as it is. `edge_came` is called for each edge to read.
  void take(core::Offset offset, std::string_view consumer, std::function<void()> edge_came);

  /// The pin is a GPIO line from then on, as it is on a Raspberry Pi.
  void give_back(core::Offset offset);

  /// Refuses, as unsupported, settings that no line here can have.
  [[nodiscard]] static core::Result<void> check(
      std::span<const core::LineWithSettings<core::Offset>> lines);

  /// Settings that were checked; direction as-is leaves the line alone.
  void configure(core::Offset offset, const core::LineSettings& settings);

  /// Who is called, until the line is given back, with the time after which a debounced line is to
  /// be asked whether it has settled.
  using SettleLater = std::function<void(std::chrono::microseconds)>;
  void when_unsettled(core::Offset offset, SettleLater settle_later);

  /// Takes over the level of a debounced line if it has stayed the same for the debounce period,
  /// and notes the edge. Everything that looks at a line does this first.
  void settle(core::Offset offset);

  /// Logical levels, of a debounced line what it has settled to; only outputs are set.
  [[nodiscard]] core::Value get(core::Offset offset);
  void set(core::Offset offset, core::Value value);

  /// Takes the edges of a line out.
  [[nodiscard]] std::vector<core::LineEdge> read_edges(core::Offset offset);

  /// The clock of edges, but for those of lines whose event clock is realtime.
  [[nodiscard]] static std::chrono::nanoseconds time();

  core::Result<void> drive_input(core::Offset offset, std::optional<bool> high) override;
  core::Result<void> select_function(core::Offset offset, const std::string& function) override;
  [[nodiscard]] core::Result<core::PinState> pin_state(core::Offset offset) const override;

 private:
  struct Line {
    core::LineInfo info;
    SimulatedPin pin;
    std::deque<core::LineEdge> edges = {};  // those that nobody has read
    std::uint32_t edge_count = 0;           // since it was taken
    std::string function = {};  // that its pin is switched to; empty: none but the line's
    std::function<void()> edge_came = {};
    std::optional<bool> settled_high = {};                 // while it is debounced
    std::optional<std::chrono::nanoseconds> settles = {};  // when it counts that it has changed
    SettleLater settle_later = {};
  };

  static void forget_settings(Line& line);
  static void begin_to_debounce(Line& line);
  void note_edge(core::Offset offset, bool rising);
  [[nodiscard]] core::Result<void> check_exists(core::Offset offset) const;

  std::vector<Line> lines_;  // by offset
};

}  // namespace gpiobroker::gpio
