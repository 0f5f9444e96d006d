// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel tells of a line that it watches.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/chip/chip.h"

namespace gpiobroker::core {

struct LineNews {
  enum class What : std::uint8_t {
    requested,
    released,
    configured,
    perhaps,  ///< some was lost: the line may have been taken or given back since
  };

  Offset offset;
  What what = What::perhaps;
  std::chrono::nanoseconds time{0};  ///< CLOCK_MONOTONIC
  LineInfo info;                     ///< the line then
};

}  // namespace gpiobroker::core
