// SPDX-License-Identifier: GPL-2.0-or-later
// What somebody did to a line, as the kernel tells of it.
#pragma once

#include <chrono>

#include "core/chip/line_info.h"
#include "core/line/line_id.h"

namespace gpiobroker::core {

/// A program outside the broker, or a part of the kernel, has done something to a line: nobody says
/// who. Setting a line's level is no news.
struct LineNews {
  enum class What {
    requested,
    released,
    configured,
    perhaps,  ///< news were lost: the line is free, and may have been taken and given back since
  };

  Offset offset;
  What what = What::perhaps;
  std::chrono::nanoseconds time{0};  ///< on the chip's clock (Chip::time())
  LineInfo info;                     ///< the line as it was then
  bool operator==(const LineNews&) const = default;
};

}  // namespace gpiobroker::core
