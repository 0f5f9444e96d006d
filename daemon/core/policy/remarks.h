// SPDX-License-Identifier: GPL-2.0-or-later
// Finds what a policy says of lines that its author may not have meant.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/chip/board.h"
#include "core/policy/policy.h"

namespace gpiobroker::core {

/// Every line of a board.
[[nodiscard]] std::vector<LineFacts> all_lines(const Board& board);

/// Sentences for the administrator, none of them about an error: patterns of entries and rules, and
/// aliases, that fit no line that is here; patterns that have the same line of several chips of one
/// label driven while nobody leases it; and labels that are the names of other chips.
[[nodiscard]] std::set<std::string> remarks(const Policy& policy, std::span<const LineFacts> lines);

}  // namespace gpiobroker::core
