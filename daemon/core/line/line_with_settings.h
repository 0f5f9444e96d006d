// SPDX-License-Identifier: GPL-2.0-or-later
// A line and what it is to be set to, or was set to.
#pragma once

#include <span>
#include <vector>

#include "core/line/settings.h"

namespace gpiobroker::core {

/// `Line` is how the line is named: its Offset on a chip, its LineId on the board, or the words in
/// which a client names it (std::string).
template <class Line>
struct LineWithSettings {
  Line line;
  LineSettings settings;

  bool operator==(const LineWithSettings&) const = default;
};

/// The lines without their settings, in the same order.
template <class Line>
[[nodiscard]] std::vector<Line> lines_of(std::span<const LineWithSettings<Line>> settings) {
  std::vector<Line> lines;
  for (const auto& each : settings) lines.push_back(each.line);
  return lines;
}

}  // namespace gpiobroker::core
