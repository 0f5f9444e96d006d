// SPDX-License-Identifier: LGPL-2.1-or-later
// A line and its value, as people type them: LINE=VALUE.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpiobroker::cli {

struct LineWithValue {
  std::string line;
  std::optional<bool> value;  ///< none if the text was a line only

  bool operator==(const LineWithValue&) const = default;
};

/// Reads "GPIO17=1" or "GPIO17". Values are gpioset's: 0 and 1, off and on, inactive and active,
/// false and true. The value is what follows the last '=', since a line's name may hold one.
/// Nothing if a line or a known value is missing.
[[nodiscard]] std::optional<LineWithValue> parse_line_with_value(std::string_view text);

}  // namespace gpiobroker::cli
