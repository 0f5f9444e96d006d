// SPDX-License-Identifier: GPL-2.0-or-later
// Makes each call with copies of its arguments, since it may go on after its caller is gone.
#include "gpio/patient_chip.h"

#include <string>
#include <vector>

namespace gpiobroker::gpio {

PatientChip::PatientChip(std::shared_ptr<core::Chip> chip, std::shared_ptr<Patience> patience,
                         LoopOfRequests loop)
    : chip_(chip),
      calls_(std::make_shared<PatientCalls>(chip->info().name, std::move(patience), chip)),
      loop_(std::move(loop)) {}

core::Result<core::LineInfo> PatientChip::line_info(core::Offset offset) const {
  if (const core::LineInfo* found = calls_->found_late(offset)) return *found;
  if (auto found = calls_->take_found(offset)) return std::move(*found);
  return calls_->make(CallKind::look,
                      [chip = calls_->chip(), offset] { return chip->line_info(offset); });
}

core::Result<std::unique_ptr<core::LineRequest>> PatientChip::request(
    std::span<const core::Offset> offsets, std::string_view consumer) {
  const std::vector lines(offsets.begin(), offsets.end());
  auto taken = calls_->take(lines, std::string(consumer));
  if (!taken) return taken;
  return std::make_unique<PatientLineRequest>(std::move(*taken), lines, calls_, loop_);
}

}  // namespace gpiobroker::gpio
