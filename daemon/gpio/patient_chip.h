// SPDX-License-Identifier: GPL-2.0-or-later
// A chip over another one that may be slow: no call to it takes the event loop's time for long.
#pragma once

#include <memory>

#include "gpio/line_watch.h"
#include "gpio/patient_calls.h"
#include "gpio/patient_line_request.h"

namespace gpiobroker::gpio {

/// What the other chip does in the kernel is done by a thread (PatientCalls), of which this one
/// waits for a moment. Besides the other's refusals there is chip_slow: then nothing was done, or a
/// call was begun that may be carried out yet.
class PatientChip : public core::Chip {
 public:
  /// Of the other chip, info(), pin_use() and time() are called by this thread, all else by its
  /// own.
  PatientChip(std::shared_ptr<core::Chip> chip, std::shared_ptr<Patience> patience,
              LoopOfRequests loop = {});

  [[nodiscard]] const core::ChipInfo& info() const override { return chip_->info(); }
  [[nodiscard]] core::Result<core::LineInfo> line_info(core::Offset offset) const override;
  [[nodiscard]] std::optional<core::PinUse> pin_use(core::Offset offset) const override {
    return chip_->pin_use(offset);
  }
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const core::Offset> offsets,
                                                           std::string_view consumer) override;
  [[nodiscard]] std::chrono::nanoseconds time() const override { return chip_->time(); }
  [[nodiscard]] bool is_slow() const override { return calls_->is_slow(); }
  std::vector<core::LineNews> read_news() override;
  core::Result<void> watch_apart(core::Offset offset, bool apart) override;

  /// From now on hears what others do to its lines.
  void watch_lines(std::unique_ptr<LineWatch> watch);

  /// The calls, for who wants to know whether one hangs.
  [[nodiscard]] std::shared_ptr<const PatientCalls> calls() const { return calls_; }

 private:
  [[nodiscard]] core::Result<std::vector<core::LineInfo>> infos_of(
      const std::vector<core::Offset>& lines) const;

  std::shared_ptr<core::Chip> chip_;
  std::shared_ptr<PatientCalls> calls_;
  LoopOfRequests loop_;
  std::unique_ptr<LineWatch> watch_;  // none where nobody listens, or the kernel does not tell
};

}  // namespace gpiobroker::gpio
