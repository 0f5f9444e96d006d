// SPDX-License-Identifier: LGPL-2.1-or-later
// The lines of the machine, as rules see them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/line/line_facts.h"

namespace gpiobroker::cli {

/// What the broker on the bus at the address knows of its lines; nothing where no broker runs
/// there, or none that answers. Has none started.
[[nodiscard]] std::optional<std::vector<core::LineFacts>> known_lines(const std::string& address);

}  // namespace gpiobroker::cli
