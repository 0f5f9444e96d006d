// SPDX-License-Identifier: GPL-2.0-or-later
// Counting and looking up.
#include "support/fake_faults.h"

#include <utility>

namespace gpiobroker::test {

void FakeFaults::fail_nth(std::uint64_t n, FakeFault fault) {
  first_ = count_ + n;
  all_after_ = false;
  fault_ = fault;
}

void FakeFaults::fail_from_nth(std::uint64_t n, FakeFault fault) {
  fail_nth(n, fault);
  all_after_ = true;
}

void FakeFaults::fail_line(Operation operation, core::Offset line, core::Reason reason) {
  lines_[{operation, line}] = reason;
}

void FakeFaults::fail_line(core::Offset line, core::Reason reason) {
  for (const Operation each : {Operation::request, Operation::info, Operation::configure,
                               Operation::get, Operation::set, Operation::hand_out}) {
    fail_line(each, line, reason);
  }
}

void FakeFaults::mend_line(core::Offset line) {
  std::erase_if(lines_, [line](const auto& entry) { return entry.first.second == line; });
}

void FakeFaults::mend() {
  first_ = 0;
  lines_.clear();
}

std::optional<FakeFault> FakeFaults::next() {
  ++count_;
  if (first_ == 0 || count_ < first_) return std::nullopt;
  if (count_ == first_) return fault_;
  return all_after_ ? std::optional(FakeFault{.reason = fault_.reason}) : std::nullopt;
}

std::optional<core::Reason> FakeFaults::of_line(Operation operation, core::Offset line) const {
  const auto entry = lines_.find({operation, line});
  return entry == lines_.end() ? std::nullopt : std::optional(entry->second);
}

std::optional<core::Reason> FakeFaults::of_lines(Operation operation,
                                                 std::span<const core::Offset> lines) const {
  for (const core::Offset line : lines) {
    if (const auto reason = of_line(operation, line)) return reason;
  }
  return std::nullopt;
}

}  // namespace gpiobroker::test
