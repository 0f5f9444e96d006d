// SPDX-License-Identifier: GPL-2.0-or-later
// Goes to every state of the world that can be reached.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "model/step.h"
#include "model/world.h"

namespace gpiobroker::test {

/// What can be done in the world, whenever it allows it.
struct Possibilities {
  Size size;
  Story steps;
  bool crashes_at_any_point = false;  ///< the broker, in the middle of any of them
};

struct Broken {
  std::string what;
  Story story;  ///< the shortest one that leads there
};

struct Exploration {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::size_t longest = 0;  ///< as many steps as it takes to get to the state that is farthest away
  std::optional<Broken> broken;
};

/// Breadth first, until there is no new state or a invariant is broken. A broker cannot be copied,
/// so a state is visited by doing again what led there. From each new state everybody is sent home
/// as well, which must leave nothing behind; and whoever is refused must have changed nothing.
[[nodiscard]] Exploration explore(const Possibilities& possibilities);

}  // namespace gpiobroker::test
