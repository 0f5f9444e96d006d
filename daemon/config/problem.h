// SPDX-License-Identifier: GPL-2.0-or-later
// A mistake in a configuration: what is wrong, and where.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace gpiobroker::config {

struct Problem {
  std::string file;
  std::string
      place;  ///< "3:17", line and column, or a JSON pointer such as "/rules/0"; may be empty
  std::string message;  ///< what is there, and what would be right
};

using Problems = std::vector<Problem>;

/// Something, or all that speaks against it: at least one problem.
template <class T>
using Checked = core::Expected<T, Problems>;
using Wrong = core::Unexpected<Problems>;

/// "/etc/gpiobroker/config.json:3:17: MESSAGE", "/etc/gpiobroker/config.json: /rules/0: MESSAGE".
[[nodiscard]] std::string to_text(const Problem& problem);

}  // namespace gpiobroker::config
