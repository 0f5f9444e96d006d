// SPDX-License-Identifier: GPL-2.0-or-later
// Compares what is said of a line with what was said before, if the broker has not held it since.
#include "gpio/known_lines.h"

namespace gpiobroker::gpio {
namespace {

using core::LineInfo;
using What = core::LineNews::What;

What what_became_of_used(const LineInfo& before, const LineInfo& now) {
  return before.used && before.consumer == now.consumer ? What::configured : What::requested;
}

}  // namespace

std::optional<What> KnownLines::compare(core::Offset line, const LineInfo& now, bool lost) const {
  if (holds_->standing(line) == OwnHolds::Standing::held) return std::nullopt;
  const auto known = known_.find(line);
  const bool never_heard = known == known_.end();
  if (never_heard || holds_->held_since(line, known->second.time)) {
    if (now.used) return What::requested;
    return lost || never_heard ? std::optional(What::perhaps) : std::nullopt;
  }
  const LineInfo& before = known->second.info;
  if (now != before) return now.used ? what_became_of_used(before, now) : What::released;
  return lost && !now.used ? std::optional(What::perhaps) : std::nullopt;
}

}  // namespace gpiobroker::gpio
