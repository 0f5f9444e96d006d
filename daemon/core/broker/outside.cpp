// SPDX-License-Identifier: GPL-2.0-or-later
// Has the lines announced that others have changed.
#include "core/broker/outside.h"

namespace gpiobroker::core {

/// A line that was perhaps taken and given back meanwhile looks as it did before.
Change Outside::read(ChipId chip, Instant now) {
  Change change;
  if (!state_.board.chips().has(chip)) return {};
  for (const LineNews& news : state_.board.chips().at(chip).read_news()) {
    const LineId line{chip, news.offset};
    if (direct_.concerns(line)) {
      change.add(direct_.heard(line, news, now));
    } else if (news.what != LineNews::What::perhaps) {
      change.lines.push_back(line);
    }
  }
  return change;
}

}  // namespace gpiobroker::core
