// SPDX-License-Identifier: GPL-2.0-or-later
// Words from outside, made fit to stand in a message or a log line.
#pragma once

#include <string>
#include <string_view>

namespace gpiobroker::core {

/// The text in single quotes, on one line, at most 64 bytes of it: everything but printable ASCII
/// stands as \xNN, so that no client can forge a log line or send escapes to a terminal. A
/// backslash stays one: names are spelled with escapes already (core/base/spelling.h), and are to
/// be read here as they are typed.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The text with everything but printable ASCII as \xNN: for sentences that quote a file by
/// themselves.
[[nodiscard]] std::string printable(std::string_view text);

/// Appends \xNN.
void append_escaped(std::string& out, char c);

/// The number that a text of digits stands for, or -1 for any other text and beyond 9 digits.
[[nodiscard]] int number_in(std::string_view text);

}  // namespace gpiobroker::core
