// SPDX-License-Identifier: GPL-2.0-or-later
// Makes calls in the chip's thread, and reads edges in the event loop.
#include "gpio/patient_line_request.h"

#include <algorithm>

namespace gpiobroker::gpio {

PatientLineRequest::~PatientLineRequest() {
  watch_.reset();
  calls_->note_closed(lines_);
  calls_->close(std::move(inner_));
}

core::Result<void> PatientLineRequest::configure(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  auto done = calls_->configure(inner_, lines, false);
  if (done) watch_edges(lines);
  return done;
}

core::Result<void> PatientLineRequest::secure(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  auto done = calls_->configure(inner_, lines, true);
  if (done) watch_edges(lines);
  return done;
}

void PatientLineRequest::watch_edges(std::span<const core::LineWithSettings<core::Offset>> lines) {
  const auto has_edges = [](const core::LineWithSettings<core::Offset>& line) {
    return line.settings.edge != core::Edge::none;
  };
  if (is_handed_out_ || had_edges_ || std::ranges::none_of(lines, has_edges)) return;
  had_edges_ = true;
  if (loop_.edges == nullptr) return;
  watch_ = loop_.watch(*inner_, [this] { loop_.edges->edges_ready(id()); });
}

core::Result<std::vector<core::Value>> PatientLineRequest::get(
    std::span<const core::Offset> offsets) {
  const std::vector lines(offsets.begin(), offsets.end());
  return calls_->make(CallKind::read, [inner = inner_, lines] { return inner->get(lines); });
}

core::Result<void> PatientLineRequest::set(
    std::span<const core::LineWithValue<core::Offset>> values) {
  if (const auto why = calls_->why_not()) return *why;
  const std::vector levels(values.begin(), values.end());
  std::vector<core::Offset> lines;
  std::ranges::transform(levels, std::back_inserter(lines),
                         &core::LineWithValue<core::Offset>::line);
  calls_->forget(lines);
  return calls_->make(CallKind::set, [inner = inner_, levels] { return inner->set(levels); });
}

core::Result<std::vector<core::LineEdge>> PatientLineRequest::read_edges() {
  if (!had_edges_ || is_handed_out_) return {};
  return inner_->read_edges();
}

core::Result<int> PatientLineRequest::hand_out() {
  auto descriptor = inner_->hand_out();
  if (!descriptor) return descriptor;
  is_handed_out_ = true;
  calls_->note_handed_out(lines_);
  watch_.reset();
  return descriptor;
}

}  // namespace gpiobroker::gpio
