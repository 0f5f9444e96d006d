// SPDX-License-Identifier: GPL-2.0-or-later
// The broker's end of a fake chip.
#pragma once

#include <utility>

#include "gpio/simulated_chip.h"
#include "support/fake_state.h"

namespace gpiobroker::test {

class FakeChipAdapter : public core::Chip {
 public:
  explicit FakeChipAdapter(std::shared_ptr<FakeState> state)
      : state_(std::move(state)), chip_(state_->info, state_->lines) {}

  [[nodiscard]] const core::ChipInfo& info() const override { return state_->info; }
  [[nodiscard]] core::Result<core::LineInfo> line_info(core::Offset offset) const override;
  [[nodiscard]] std::optional<core::PinUse> pin_use(core::Offset offset) const override;
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const core::Offset> offsets,
                                                           std::string_view consumer) override;
  [[nodiscard]] std::chrono::nanoseconds time() const override { return chip_.time(); }
  [[nodiscard]] bool can_hand_out() const override { return state_->hands_out; }
  std::vector<core::LineNews> read_news() override { return std::exchange(state_->news, {}); }
  core::Result<void> watch_apart(core::Offset offset, bool apart) override;

 private:
  std::shared_ptr<FakeState> state_;
  gpio::SimulatedChip chip_;  // does the work
};

}  // namespace gpiobroker::test
