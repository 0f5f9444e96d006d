// SPDX-License-Identifier: LGPL-2.1-or-later
// The broker's words for settings, for programs that take them from people.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "gpiobroker/edge.h"
#include "gpiobroker/settings.h"

namespace gpiobroker {

/// The words of a setting, each at the place of its value.
template <class Setting>
inline constexpr std::array<std::string_view, 0> kWords = {};
template <>
inline constexpr std::array<std::string_view, 3> kWords<Direction>{"as-is", "input", "output"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<Edge>{"none", "rising", "falling", "both"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<Bias>{"as-is", "disabled", "pull-up",
                                                              "pull-down"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<Drive>{"push-pull", "open-drain",
                                                               "open-source"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<EventClock>{"monotonic", "realtime", "hte"};

template <>
inline constexpr std::array<std::string_view, 3> kWords<Access>{"exclusive", "shared", "observe"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<EdgeKind>{"rising", "falling", "timeout"};

template <class Setting>
[[nodiscard]] constexpr std::string_view to_word(Setting setting) {
  return kWords<Setting>.at(static_cast<std::size_t>(setting));
}

/// The setting that a word stands for; nothing for any other word.
template <class Setting>
[[nodiscard]] constexpr std::optional<Setting> from_word(std::string_view word) {
  for (std::size_t i = 0; i < kWords<Setting>.size(); ++i) {
    if (kWords<Setting>.at(i) == word) return static_cast<Setting>(i);
  }
  return std::nullopt;
}

}  // namespace gpiobroker
