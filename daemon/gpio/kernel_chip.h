// SPDX-License-Identifier: GPL-2.0-or-later
// A GPIO chip of the kernel's, through libgpiod.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>

#include <gpiod.hpp>

#include "gpio/edge_source.h"
#include "gpio/own_holds.h"
#include "gpio/pin_functions.h"

namespace gpiobroker::gpio {

/// Keeps the device node open. After the chip was removed every call is refused with chip_gone,
/// also when another chip has taken the same number since. What enters the kernel, line_info() and
/// request(), may be called in another thread than all the rest.
class KernelChip : public core::Chip {
 public:
  /// Opens a chip by its device node. Refused: permission, chip_gone, hardware_failure.
  /// The loop, if there is one, outlives it.
  [[nodiscard]] static core::Result<std::unique_ptr<KernelChip>> open(
      const std::filesystem::path& path, EdgeSource* loop = nullptr);

  /// The open device, which whoever keeps it can go on asking when this object has gone elsewhere.
  [[nodiscard]] std::shared_ptr<gpiod::chip> device() const { return chip_; }

  /// When it held which lines.
  [[nodiscard]] std::shared_ptr<OwnHolds> own_holds() const { return holds_; }

  [[nodiscard]] const core::ChipInfo& info() const override { return info_; }
  [[nodiscard]] core::Result<core::LineInfo> line_info(core::Offset offset) const override;
  [[nodiscard]] std::optional<core::PinUse> pin_use(core::Offset offset) const override;
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const core::Offset> offsets,
                                                           std::string_view consumer) override;
  [[nodiscard]] bool can_hand_out() const override { return true; }
  [[nodiscard]] std::chrono::nanoseconds time() const override;

 private:
  KernelChip(const std::filesystem::path& path, EdgeSource* loop);

  [[nodiscard]] core::Refused in_use(std::span<const core::Offset> offsets,
                                     const core::Refusal& refusal) const;

  std::shared_ptr<gpiod::chip> chip_;
  core::ChipInfo info_;
  EdgeSource* loop_;
  std::shared_ptr<OwnHolds> holds_ = std::make_shared<OwnHolds>();
  mutable PinFunctions pins_;
  std::atomic<std::uint64_t> requests_{0};          // so far, each of which may have changed pins
  mutable std::uint64_t requests_before_pins_ = 0;  // those when the pins were read
};

}  // namespace gpiobroker::gpio
