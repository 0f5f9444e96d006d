// SPDX-License-Identifier: GPL-2.0-or-later
// Who else may have a line that a lease is on.
#pragma once

#include <array>
#include <cstdint>

namespace gpiobroker::core {

enum class Access : std::uint8_t {
  exclusive,  ///< nobody, but for observers
  shared,     ///< others who read the same input in the same way
  observe,    ///< whoever holds it: an observer sees levels and edges and has no say
};

inline constexpr std::array kAccesses{Access::exclusive, Access::shared, Access::observe};

[[nodiscard]] constexpr const char* to_word(Access access) {
  switch (access) {
    case Access::exclusive: return "exclusive";
    case Access::shared: return "shared";
    case Access::observe: return "observe";
  }
  return "unknown";
}

}  // namespace gpiobroker::core
