// SPDX-License-Identifier: LGPL-2.1-or-later
// Splits LINE=VALUE at the last "=", and looks the value up.
#include "cli/line_with_value.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gpiobroker::cli {
namespace {

constexpr std::array<std::pair<std::string_view, bool>, 8> kValues{{{"0", false},
                                                                    {"1", true},
                                                                    {"off", false},
                                                                    {"on", true},
                                                                    {"inactive", false},
                                                                    {"active", true},
                                                                    {"false", false},
                                                                    {"true", true}}};

std::optional<bool> value_of(std::string_view word) {
  const auto* const entry = std::ranges::find(kValues, word, &decltype(kValues)::value_type::first);
  if (entry == kValues.end()) return std::nullopt;
  return entry->second;
}

}  // namespace

std::optional<LineWithValue> parse_line_with_value(std::string_view text) {
  const auto equals = text.rfind('=');
  const std::string_view line = text.substr(0, equals);
  if (line.empty()) return std::nullopt;
  if (equals == std::string_view::npos)
    return LineWithValue{.line = std::string(line), .value = {}};
  const auto value = value_of(text.substr(equals + 1));
  if (!value) return std::nullopt;
  return LineWithValue{.line = std::string(line), .value = value};
}

}  // namespace gpiobroker::cli
