// SPDX-License-Identifier: LGPL-2.1-or-later
// Makes text from outside fit for a terminal.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gpiobroker::cli {

/// The text with everything but printable ASCII as \xNN: line names, consumers and commands are
/// other people's, and could otherwise send escapes to the terminal or forge lines.
[[nodiscard]] std::string printable(std::string_view text);

[[nodiscard]] std::string join(std::span<const std::string> texts, std::string_view separator);

}  // namespace gpiobroker::cli
