// SPDX-License-Identifier: GPL-2.0-or-later
// Which operations of a fake chip fail, and how.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "core/base/refusal.h"
#include "core/line/line_id.h"

namespace gpiobroker::test {

enum class Operation { request, info, configure, get, set, hand_out };

/// A failing operation changes nothing, or does its work all the same and then says it failed, as
/// a bus does that loses the answer.
enum class Effect { none, done };

struct FakeFault {
  core::Reason reason = core::Reason::hardware_failure;
  Effect effect = Effect::none;
};

class FakeFaults {
 public:
  /// The nth operation from now on fails, counted from 1.
  void fail_nth(std::uint64_t n, FakeFault fault = {});

  /// So does every operation after it, without an effect.
  void fail_from_nth(std::uint64_t n, FakeFault fault = {});

  /// Every such operation on the line fails; a configuration stops there.
  void fail_line(Operation operation, core::Offset line, core::Reason reason);
  void fail_line(core::Offset line, core::Reason reason);

  /// The line has no interrupt: a configuration that asks for its edges fails.
  void refuse_edges(core::Offset line) { edgeless_.insert(line); }
  [[nodiscard]] bool refuses_edges(core::Offset line) const { return edgeless_.contains(line); }

  /// Nothing fails any more, on the line or at all.
  void mend_line(core::Offset line);
  void mend();

  /// Counts an operation, and says whether it fails as a whole.
  std::optional<FakeFault> next();

  [[nodiscard]] std::optional<core::Reason> of_line(Operation operation, core::Offset line) const;
  [[nodiscard]] std::optional<core::Reason> of_lines(Operation operation,
                                                     std::span<const core::Offset> lines) const;

  [[nodiscard]] std::uint64_t operation_count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
  std::uint64_t first_ = 0;  // count of the first that fails as a whole; 0 for none
  bool all_after_ = false;
  FakeFault fault_;
  std::set<core::Offset> edgeless_;
  std::map<std::pair<Operation, core::Offset>, core::Reason> lines_;  // what fails on which line
};

}  // namespace gpiobroker::test
