// SPDX-License-Identifier: GPL-2.0-or-later
// What makes two states of the world the same.
#pragma once

#include <string>

#include "model/world.h"

namespace gpiobroker::test {

/// All that what comes next can depend on, in bytes. Ids count by their order only, times by how
/// long ago or ahead they are, and clients by the order in which they appear: who has what does not
/// matter, only that it is the same one who has this and that.
///
/// Left out, because nothing that the model does depends on them: the numbers of edges and of
/// attempts at a reset, and when a reset is due, which is always before the next minute is over.
[[nodiscard]] std::string fingerprint(const World& world);

}  // namespace gpiobroker::test
