// SPDX-License-Identifier: LGPL-2.1-or-later
// What the broker's policy answers when it is asked about a user.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gpiobroker {

/// Somebody who could ask for a line.
struct Asker {
  std::uint32_t uid = 0;
  std::vector<std::uint32_t> gids = {};  ///< of all its groups, the primary one included
  std::string unit = {};                 ///< the systemd unit it would ask from; empty: none
};

struct Verdict {
  bool allowed = false;
  std::string rule;  ///< the name of the rule that decides, or "protected" or "default"
  std::string why;   ///< a sentence
};

}  // namespace gpiobroker
