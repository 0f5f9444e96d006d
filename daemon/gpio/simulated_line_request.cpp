// SPDX-License-Identifier: GPL-2.0-or-later
// Checks all that is asked for before it changes anything.
#include "gpio/simulated_line_request.h"

#include <algorithm>

#include "gpio/request_rules.h"

namespace gpiobroker::gpio {

SimulatedLineRequest::SimulatedLineRequest(std::shared_ptr<SimulatedLines> lines,
                                           std::vector<core::Offset> offsets,
                                           std::string_view consumer, EdgeSource* loop)
    : lines_(std::move(lines)), offsets_(std::move(offsets)), loop_(loop) {
  const std::function<void()> edge_came = [this, loop] {
    if (loop != nullptr) loop->edges_ready(id());
  };
  for (const core::Offset offset : offsets_) lines_->take(offset, consumer, edge_came);
}

SimulatedLineRequest::~SimulatedLineRequest() {
  for (const core::Offset offset : offsets_) lines_->give_back(offset);
}

core::Result<void> SimulatedLineRequest::configure(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  if (!std::ranges::equal(lines, offsets_, {}, &core::LineWithSettings<core::Offset>::line)) {
    return unsupported("a request is configured with all of its lines, in their order");
  }
  if (auto few = check_variety(lines); !few) return few;
  if (auto valid = SimulatedLines::check(lines); !valid) return valid;
  for (const auto& each : lines) {
    lines_->configure(each.line, each.settings);
    if (each.settings.debounce.count() > 0) wake_up_for(each.line);
  }
  return {};
}

void SimulatedLineRequest::wake_up_for(core::Offset offset) {
  if (loop_ == nullptr || wake_ups_.contains(offset)) return;
  const auto made = wake_ups_.emplace(
      offset, std::make_unique<WakeUp>(*loop_, [this, offset] { lines_->settle(offset); }));
  lines_->when_unsettled(
      offset, [wake_up = made.first->second.get()](auto period) { wake_up->after(period); });
}

core::Result<std::vector<core::Value>> SimulatedLineRequest::get(
    std::span<const core::Offset> offsets) {
  std::vector<core::Value> values;
  for (const core::Offset offset : offsets) {
    if (auto held = check_held(offset); !held) return core::Refused(held.error());
    values.push_back(lines_->get(offset));
  }
  return values;
}

core::Result<void> SimulatedLineRequest::set(
    std::span<const core::LineWithValue<core::Offset>> values) {
  for (const auto& each : values) {
    if (auto held = check_held(each.line); !held) return held;
    if (lines_->info(each.line).settings.direction == core::Direction::output) continue;
    return unsupported("line " + std::to_string(each.line.value) + " is no output");
  }
  for (const auto& each : values) lines_->set(each.line, each.value);
  return {};
}

core::Result<std::vector<core::LineEdge>> SimulatedLineRequest::read_edges() {
  std::vector<core::LineEdge> edges;
  for (const core::Offset offset : offsets_) {
    const auto of_line = lines_->read_edges(offset);
    edges.insert(edges.end(), of_line.begin(), of_line.end());
  }
  std::ranges::stable_sort(edges, {}, &core::LineEdge::timestamp);
  return edges;
}

core::Result<void> SimulatedLineRequest::check_held(core::Offset offset) const {
  if (std::ranges::find(offsets_, offset) != offsets_.end()) return {};
  return unsupported("line " + std::to_string(offset.value) + " is not in the request");
}

}  // namespace gpiobroker::gpio
