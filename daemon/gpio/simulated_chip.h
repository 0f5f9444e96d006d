// SPDX-License-Identifier: GPL-2.0-or-later
// A chip without hardware, so that the whole broker can be tried and developed against.
#pragma once

#include <memory>
#include <string>

#include "core/chip/chip.h"
#include "gpio/edge_source.h"
#include "gpio/simulated_lines.h"

namespace gpiobroker::gpio {

/// Behaves as a kernel chip does: one consumer a line, requests of all lines or none.
class SimulatedChip : public core::Chip {
 public:
  /// The lines are shared with the requests, which may outlive the chip.
  SimulatedChip(core::ChipInfo info, std::shared_ptr<SimulatedLines> lines,
                EdgeSource* loop = nullptr)
      : info_(std::move(info)), lines_(std::move(lines)), loop_(loop) {}

  [[nodiscard]] const core::ChipInfo& info() const override { return info_; }
  [[nodiscard]] core::Result<core::LineInfo> line_info(core::Offset offset) const override;
  [[nodiscard]] std::optional<core::PinUse> pin_use(core::Offset offset) const override {
    return lines_->pin_use(offset);
  }
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const core::Offset> offsets,
                                                           std::string_view consumer) override;
  [[nodiscard]] std::chrono::nanoseconds time() const override { return SimulatedLines::time(); }
  core::Simulation* simulation() override { return lines_.get(); }

 private:
  core::ChipInfo info_;
  std::shared_ptr<SimulatedLines> lines_;
  EdgeSource* loop_;
};

/// "gpiochipNUMBER", which tells the loop of edges, if there is one; by default labelled as a
/// Raspberry Pi 4's: "pinctrl-bcm2711". The label says what its lines are called.
[[nodiscard]] std::unique_ptr<core::Chip> make_simulated_chip(std::uint32_t number,
                                                              std::uint32_t line_count,
                                                              const std::string& label,
                                                              EdgeSource* loop = nullptr);

}  // namespace gpiobroker::gpio
