// SPDX-License-Identifier: GPL-2.0-or-later
// The words for settings, the same in options, properties and messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/line/settings.h"

namespace gpiobroker::core {

[[nodiscard]] std::string_view to_word(Direction);
[[nodiscard]] std::string_view to_word(Edge);
[[nodiscard]] std::string_view to_word(Bias);
[[nodiscard]] std::string_view to_word(Drive);
[[nodiscard]] std::string_view to_word(EventClock);

/// The setting that a word stands for; nothing for a word that nobody may ask for.
template <class Setting>
[[nodiscard]] std::optional<Setting> from_word(std::string_view word);

/// The words that may be asked for, as a list for a message: "none, rising, falling, both".
template <class Setting>
[[nodiscard]] std::string accepted_words();

}  // namespace gpiobroker::core
