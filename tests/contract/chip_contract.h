// SPDX-License-Identifier: GPL-2.0-or-later
// The fixtures of the contract of core::Chip.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "contract/chip_bench.h"

namespace gpiobroker::test {

using core::Offset;
using LineWithSettings = core::LineWithSettings<Offset>;
using LineWithValue = core::LineWithValue<Offset>;

inline constexpr Offset kGpio4{4};
inline constexpr Offset kGpio17{17};
inline constexpr Offset kGpio27{27};

inline constexpr core::LineSettings kInput{.direction = core::Direction::input};
inline constexpr core::LineSettings kHigh{.direction = core::Direction::output,
                                          .value = core::Value::active};
inline constexpr core::LineSettings kLow{.direction = core::Direction::output,
                                         .value = core::Value::inactive};

class AChip : public testing::TestWithParam<BenchKind> {
 protected:
  using Request = std::unique_ptr<core::LineRequest>;

  [[nodiscard]] core::Chip& chip() { return bench_->chip(); }

  /// Takes lines that are free.
  Request take(const std::vector<Offset>& lines, const std::string& consumer = "contract");

  /// Takes a line and configures it.
  Request take_as(Offset line, const core::LineSettings& settings);

  /// Expects a refusal for the reason, and returns its message.
  template <class T>
  static std::string refused(const core::Result<T>& result, core::Reason reason) {
    EXPECT_FALSE(result.has_value()) << "not refused";
    if (result.has_value()) return "";
    EXPECT_EQ(result.error().reason, reason) << result.error().message;
    return result.error().message;
  }

  [[nodiscard]] core::LineInfo info(Offset line) { return chip().line_info(line).value(); }
  [[nodiscard]] core::LineSettings settings(Offset line) { return info(line).settings; }

  std::unique_ptr<ChipBench> bench_ = GetParam().make();
};

/// A chip whose pins move.
class AnEdgeOfAChip : public AChip {
 protected:
  /// Moves a pin, and waits for the edge: a kernel may make one of two that follow each other.
  void press(core::LineRequest& request, Offset line, bool high);

  /// Moves a pin of which no edge is to come; one of another line, which comes later, says so.
  void press_in_vain(core::LineRequest& request, Offset line, bool high, Offset other);

  void read(core::LineRequest& request);

  /// "17 rising 1": the line, the edge, and its number.
  [[nodiscard]] std::vector<std::string> words() const;

  std::vector<core::LineEdge> seen_;

 private:
  bool other_is_high_ = false;
};

/// A chip that can be unplugged.
class ARemovableChip : public AChip {};

[[nodiscard]] std::vector<Offset> first_lines(std::uint32_t count);

}  // namespace gpiobroker::test
