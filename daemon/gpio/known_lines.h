// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel last said of each line of a chip, to see what became of a line unheard.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "core/chip/line_news.h"
#include "gpio/own_holds.h"

namespace gpiobroker::gpio {

class KnownLines {
 public:
  using Time = std::chrono::nanoseconds;

  explicit KnownLines(std::shared_ptr<const OwnHolds> holds) : holds_(std::move(holds)) {}

  /// The kernel said so of a line at that time.
  void note(core::Offset line, const core::LineInfo& info, Time time) {
    known_[line] = {info, time};
  }

  /// What others have done to a line of which this is said now, if anything: `lost` says whether
  /// anything at all may have happened to it. Nothing of a line that the broker holds.
  [[nodiscard]] std::optional<core::LineNews::What> compare(core::Offset line,
                                                            const core::LineInfo& now,
                                                            bool lost) const;

 private:
  struct Known {
    core::LineInfo info;
    Time time{0};
  };

  std::shared_ptr<const OwnHolds> holds_;
  std::map<core::Offset, Known> known_;  // each line that was told of
};

}  // namespace gpiobroker::gpio
