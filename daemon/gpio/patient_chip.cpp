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
  if (auto found = calls_->take_found_late(offset)) return std::move(*found);
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

void PatientChip::watch_lines(std::unique_ptr<LineWatch> watch) {
  watch_ = std::move(watch);
  calls_->carry_out(CallKind::look, watch_->start([this] { loop_.edges->news_ready(id()); }));
}

core::Result<void> PatientChip::watch_apart(core::Offset offset, bool apart) {
  if (!watch_) return Chip::watch_apart(offset, apart);
  auto job = watch_->watch_apart(offset, apart, time());
  if (!job) return core::Refused(job.error());
  calls_->carry_out(CallKind::look, std::move(*job));
  return {};
}

/// The queues are read at once, as edges are; the chip is asked in its thread.
std::vector<core::LineNews> PatientChip::read_news() {
  if (!watch_) return {};
  auto news = watch_->read([this](const auto& lines) { return infos_of(lines); }, time());
  for (const core::LineNews& each : news) calls_->forget_found(each.offset);
  return news;
}

/// In one call, however many they are.
core::Result<std::vector<core::LineInfo>> PatientChip::infos_of(
    const std::vector<core::Offset>& lines) const {
  using Infos = std::vector<core::LineInfo>;
  return calls_->make(CallKind::look, [chip = calls_->chip(), lines]() -> core::Result<Infos> {
    Infos infos;
    for (const core::Offset line : lines) {
      auto info = chip->line_info(line);
      if (!info) return core::Refused(info.error());
      infos.push_back(std::move(*info));
    }
    return infos;
  });
}

}  // namespace gpiobroker::gpio
