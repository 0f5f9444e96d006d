// SPDX-License-Identifier: GPL-2.0-or-later
// How bytes from outside are spelled inside the broker and on the bus: as text that everybody
// takes.
#pragma once

#include <string>
#include <string_view>

namespace gpiobroker::core {

/// A text with \xNN for each byte that the bus does not take. What it takes is UTF-8 without NUL
/// and without the 66 code points that Unicode keeps for nobody (U+FDD0 to U+FDEF, and the last two
/// of each plane, such as U+FFFE), which the bus library refuses although others let them through.
/// A text that is fit already stays as it is, backslashes included.
[[nodiscard]] std::string fit_text(std::string_view text);

/// A name of ours for a name of the kernel's, or of a program's, which may be any bytes: as
/// fit_text(), with control characters and the backslash itself as \xNN, too. So it is on one line,
/// no two names become one, and bytes_of() leads back. Names of chips' labels, lines, consumers and
/// commands are spelled so from where they come in (daemon/gpio, bus/credentials) to where they are
/// shown: a line that its driver calls "T\xfcr", with that byte in it, is listed as T\xfcr and
/// found by these six characters.
[[nodiscard]] std::string name_from(std::string_view bytes);

/// A name of which more was escaped than must, as by the command, which sends a terminal nothing
/// but ASCII: what stands for characters past ASCII becomes these.
[[nodiscard]] std::string with_letters(std::string_view name);

/// The bytes that a name of ours stands for: each \xNN is one.
[[nodiscard]] std::string bytes_of(std::string_view name);

}  // namespace gpiobroker::core
