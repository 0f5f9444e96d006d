// SPDX-License-Identifier: GPL-2.0-or-later
// What must hold in every state of the world.
#pragma once

#include <optional>
#include <string>

#include "model/world.h"

namespace gpiobroker::test {

/// The first invariant that does not hold, in words; nothing if all do.
///
/// 1. A line that is driven is leased, or in quarantine, or its safe state says so; and whoever
///    comes after the broker knows of it from the ledger.
/// 2. A lease is kept: its output is driven as it was told.
/// 3. Nobody has a line beside one who has it to himself, and no line is leased and in quarantine.
/// 4. What nobody has is safe, and the broker does not hold on to it but to park it.
/// 5. Who has a duplicate of the kernel request of a direct lease has it of that lease's lines
///    alone: no line of it is another's, and none is free as long as it is open.
/// 6. Nobody waits for lines that he could have and whose turn it is.
[[nodiscard]] std::optional<std::string> broken_invariant(const World& world);

/// Of a world whose people have all gone home: nothing is leased, held, waited for, in quarantine
/// or in the ledger, and every line is as its safe state says.
[[nodiscard]] std::optional<std::string> left_behind(const World& world);

}  // namespace gpiobroker::test
