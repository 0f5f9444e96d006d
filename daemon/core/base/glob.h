// SPDX-License-Identifier: GPL-2.0-or-later
// Shell patterns over names.
#pragma once

#include <string_view>

namespace gpiobroker::core {

/// Whether a pattern fits the whole text, case and all: * stands for any characters, ? for any
/// one, [a-z] for one of a set, [!a-z] for one outside it; everything else for itself. Takes at
/// most as many steps as the lengths of the two multiplied. Of a broken pattern nothing is said.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

/// Whether each [ of a pattern has its ].
[[nodiscard]] bool is_glob(std::string_view pattern);

/// Whether a pattern could fit more than one text.
[[nodiscard]] bool has_wildcard(std::string_view pattern);

}  // namespace gpiobroker::core
