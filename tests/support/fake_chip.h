// SPDX-License-Identifier: GPL-2.0-or-later
// A chip that keeps state, records what is done to it, and fails or lies when it is told to.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/chip/chip.h"
#include "support/fake_duplicate.h"
#include "support/fake_state.h"

namespace gpiobroker::test {

/// The test's end of the chip. The broker's end is made by attachable(); both share the lines, so
/// that the test sees what becomes of them after the broker has taken its end over.
class FakeChip {
 public:
  /// A simulated chip's lines and names. Chips may share a record.
  FakeChip(core::ChipInfo info, std::shared_ptr<FakeRecord> record);
  explicit FakeChip(core::ChipInfo info);

  /// With names for its lines, as many as it has lines.
  FakeChip(core::ChipInfo info, std::shared_ptr<FakeRecord> record,
           const std::vector<std::string>& names);

  [[nodiscard]] std::unique_ptr<core::Chip> attachable() const;

  [[nodiscard]] FakeRecord& record() { return *state_->record; }
  [[nodiscard]] FakeFaults& faults() { return state_->faults; }

  /// From now on the kernel says this of the line, whatever is true.
  void lie(core::Offset line, const core::LineSettings& settings);
  /// The same, but only while nobody holds the line: what some drivers say is what was last
  /// requested.
  void lie_while_free(core::Offset line, const core::LineSettings& settings);
  void stop_lying() { state_->lies.clear(); }
  void stop_lying(core::Offset line) { state_->lies.erase(line); }

  /// Another program takes a free line, or gives it back.
  void use_from_outside(core::Offset line, const std::string& consumer);
  void give_back_from_outside(core::Offset line);

  /// Somebody has done something to a line: what the broker finds when it reads the news.
  void tell(core::Offset line, core::LineNews::What what) { state_->tell(line, what); }

  /// Those that the broker has not read.
  [[nodiscard]] const std::vector<core::LineNews>& news() const { return state_->news; }

  /// A duplicate of the request that a line is in, and that was handed out.
  [[nodiscard]] FakeDuplicate duplicate(core::Offset line) const;
  /// Whether the broker has it watched apart (core::Chip::watch_apart()).
  [[nodiscard]] bool is_watched_apart(core::Offset line) const {
    return state_->apart.contains(line);
  }
  /// It is as a simulated one from now on: there is nothing to open.
  void stop_handing_out() { state_->hands_out = false; }

  /// Firmware or an earlier program leaves a free line like this.
  void leave(core::Offset line, const core::LineSettings& settings);

  /// Firmware or a tool switches a pin to a function of a peripheral's, where it stays until its
  /// line is configured or closed.
  void switch_pin(core::Offset line, const std::string& function);
  /// A driver of the kernel's claims a pin for such a function, whatever it is switched to.
  void claim_pin(core::Offset line, const std::string& function);
  /// What the pin does.
  [[nodiscard]] core::PinUse pin_use(core::Offset line) const;

  /// From now on its driver makes released outputs inputs, as some drivers do.
  void stop_driving_on_release() { state_->stops_driving_on_release = true; }

  /// Unplugs it: every call is refused with chip_gone.
  void remove() { state_->gone = true; }

  [[nodiscard]] core::PinState pin(core::Offset line) const;
  [[nodiscard]] core::LineInfo line(core::Offset line) const { return state_->lines->info(line); }
  void drive(core::Offset line, std::optional<bool> high);

 private:
  std::shared_ptr<FakeState> state_;
};

/// A Raspberry Pi 4's chip, gpiochip0, and an expander of 8 lines, gpiochip1.
[[nodiscard]] core::ChipInfo raspberry_pi_info();
[[nodiscard]] core::ChipInfo expander_info();

}  // namespace gpiobroker::test
