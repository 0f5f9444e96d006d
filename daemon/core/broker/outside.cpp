// SPDX-License-Identifier: GPL-2.0-or-later
// Has the lines announced that others have changed.
#include "core/broker/outside.h"

namespace gpiobroker::core {

/// A line that was perhaps taken and given back meanwhile looks as it did before.
Change Outside::read(ChipId chip, Instant /*now*/) {
  std::vector<LineId> changed;
  if (!state_.board.chips().has(chip)) return {};
  for (const LineNews& news : state_.board.chips().at(chip).read_news()) {
    if (news.what != LineNews::What::perhaps) changed.push_back({chip, news.offset});
  }
  return lines_changed(std::move(changed));
}

}  // namespace gpiobroker::core
