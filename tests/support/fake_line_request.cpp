// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the words, and the line at which a configuration stops.
#include "support/fake_line_request.h"

#include <algorithm>

namespace gpiobroker::test {
namespace {

using Setups = std::vector<core::LineWithSettings<core::Offset>>;

Setups::iterator first_failing(Setups& lines, const FakeFaults& faults) {
  return std::ranges::find_if(lines, [&faults](const core::LineWithSettings<core::Offset>& each) {
    if (each.settings.direction == core::Direction::as_is) return false;
    const bool wants_edges = each.settings.edge != core::Edge::none;
    return (wants_edges && faults.refuses_edges(each.line)) ||
           faults.of_line(Operation::configure, each.line);
  });
}

}  // namespace

FakeLineRequest::~FakeLineRequest() {
  state_->record->add("close" + state_->names_of(request_->lines()));
}

// As the kernel: what comes before the line that fails is configured, what comes after is not.
core::Result<void> FakeLineRequest::configure(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  Setups done(lines.begin(), lines.end());
  std::vector<core::Offset> failing;
  const auto stop = first_failing(done, state_->faults);
  if (stop != done.end()) failing.push_back(stop->line);
  std::for_each(stop, done.end(),
                [](core::LineWithSettings<core::Offset>& line) { line.settings = {}; });
  if (!failing.empty() && !state_->gone) (void)request_->operations().configure(done);
  return state_->carry_out(Operation::configure, failing, "configure" + words_for_setups(lines),
                           [&]() -> core::Result<void> {
                             if (failing.empty()) return request_->operations().configure(lines);
                             return core::refuse(core::Reason::unsupported, "lines",
                                                 "the line cannot report edges");
                           });
}

core::Result<std::vector<core::Value>> FakeLineRequest::get(std::span<const core::Offset> offsets) {
  return state_->carry_out(Operation::get, offsets, "get" + state_->names_of(offsets),
                           [&] { return request_->operations().get(offsets); });
}

core::Result<void> FakeLineRequest::set(std::span<const core::LineWithValue<core::Offset>> values) {
  std::string entry = "set";
  std::vector<core::Offset> lines;
  for (const auto& each : values) {
    lines.push_back(each.line);
    entry += " " + state_->name_of(each.line);
    entry += each.value == core::Value::active ? "=1" : "=0";
  }
  return state_->carry_out(Operation::set, lines, entry,
                           [&] { return request_->operations().set(values); });
}

core::Result<std::vector<core::LineEdge>> FakeLineRequest::read_edges() {
  if (is_handed_out_) return std::vector<core::LineEdge>{};
  return request_->operations().read_edges();
}

core::Result<int> FakeLineRequest::hand_out() {
  if (!state_->hands_out) return LineRequest::hand_out();
  return state_->carry_out(Operation::hand_out, request_->lines(),
                           "hand out" + state_->names_of(request_->lines()),
                           [this]() -> core::Result<int> {
                             for (const core::Offset line : request_->lines()) {
                               state_->handed_out[line] = request_;
                             }
                             is_handed_out_ = true;
                             return static_cast<int>(id().value);
                           });
}

std::string FakeLineRequest::words_for_setups(
    std::span<const core::LineWithSettings<core::Offset>> lines) const {
  std::string words;
  for (const auto& each : lines) {
    words +=
        (words.empty() ? " " : ", ") + state_->name_of(each.line) + " " + words_for(each.settings);
  }
  return words;
}

}  // namespace gpiobroker::test
