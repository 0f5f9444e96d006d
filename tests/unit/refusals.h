// SPDX-License-Identifier: GPL-2.0-or-later
// Matchers for what may be refused.
#pragma once

#include <gmock/gmock.h>

#include "core/base/result.h"

namespace gpiobroker::test {

/// A refusal for the reason. RefusedFor(reason, words) wants the words in its message, too.
MATCHER_P(RefusedFor, reason, "is refused for reason " + testing::PrintToString(reason)) {
  if (arg.has_value()) {
    *result_listener << "which is granted";
    return false;
  }
  *result_listener << "which says: " << arg.error().message;
  return arg.error().reason == reason;
}

MATCHER_P2(RefusedFor, reason, words, "is refused, saying " + testing::PrintToString(words)) {
  if (!testing::ExplainMatchResult(RefusedFor(reason), arg, result_listener)) return false;
  return arg.error().message.find(words) != std::string::npos;
}

MATCHER(Succeeds, "succeeds") {
  if (!arg.has_value()) *result_listener << "which is refused: " << arg.error().message;
  return arg.has_value();
}

}  // namespace gpiobroker::test
