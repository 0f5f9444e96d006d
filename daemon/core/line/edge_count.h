// SPDX-License-Identifier: GPL-2.0-or-later
// Counts the edges of a line, and of all lines.
#pragma once

#include <cstdint>
#include <optional>

namespace gpiobroker::core {

struct EdgeCount {
  std::uint32_t in_kernel = 0;    ///< the kernel's number of the last edge; 0: none yet
  std::uint64_t total = 0;        ///< edges so far, those that were lost included
  std::optional<bool> high = {};  ///< the level on the wire after the last of them, if known
};

struct EdgeTotals {
  std::uint64_t seen = 0;  ///< edges of lines, each once however many leases hear of it
  std::uint64_t lost = 0;  ///< by leases that wanted them: dropped before the holder took them
};

}  // namespace gpiobroker::core
