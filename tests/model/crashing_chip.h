// SPDX-License-Identifier: GPL-2.0-or-later
// A chip whose broker may be killed before anything that it does to a line.
#pragma once

#include <memory>

#include "core/chip/chip.h"
#include "model/crash_point.h"

namespace gpiobroker::test {

/// Each request, configuration and handing out is a point of it; a look is none, since nobody could
/// tell whether the broker died before it or after it.
class CrashingChip : public core::Chip {
 public:
  CrashingChip(std::unique_ptr<core::Chip> chip, CrashPoint& crash_point)
      : chip_(std::move(chip)), crash_point_(crash_point) {}

  [[nodiscard]] const core::ChipInfo& info() const override { return chip_->info(); }
  [[nodiscard]] core::Result<core::LineInfo> line_info(core::Offset offset) const override {
    return chip_->line_info(offset);
  }
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const core::Offset> offsets,
                                                           std::string_view consumer) override;
  [[nodiscard]] bool can_hand_out() const override { return chip_->can_hand_out(); }
  [[nodiscard]] std::chrono::nanoseconds time() const override { return chip_->time(); }
  std::vector<core::LineNews> read_news() override { return chip_->read_news(); }
  core::Result<void> watch_apart(core::Offset offset, bool apart) override {
    return chip_->watch_apart(offset, apart);
  }

 private:
  std::unique_ptr<core::Chip> chip_;
  CrashPoint& crash_point_;
};

}  // namespace gpiobroker::test
