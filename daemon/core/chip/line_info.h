// SPDX-License-Identifier: GPL-2.0-or-later
// A line as the kernel tells of it.
#pragma once

#include <string>

#include "core/line/settings.h"

namespace gpiobroker::core {

/// A line as the kernel sees it now, whoever holds it.
///
/// While nobody holds the line, direction and bias may be stale: on some drivers they say what was
/// last requested, not what the pin does. Believe them only while the line is held.
struct LineInfo {
  std::string
      name;  ///< a name of ours (core/base/spelling.h); empty where the device tree gives none
  bool used = false;
  std::string consumer;   ///< who holds it, as a name of ours; empty while not used
  LineSettings settings;  ///< value is never set; bias may be `unknown`
  bool operator==(const LineInfo&) const = default;
};

}  // namespace gpiobroker::core
