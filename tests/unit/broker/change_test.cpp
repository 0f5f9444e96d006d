// SPDX-License-Identifier: GPL-2.0-or-later
// Two changes make one, and nothing of either is lost.
#include "core/broker/change.h"

#include <gmock/gmock.h>

namespace gpiobroker::core {
namespace {

Change change_of(std::uint32_t n) {
  const LineId line{ChipId{0}, Offset{n}};
  Change change;
  change.ended.push_back({.id = {n}, .holder = {}, .reason = EndReason::released});
  change.shrunk.push_back({n});
  change.lines.push_back(line);
  change.quarantined.push_back({line, "why"});
  change.recovered.push_back(line);
  return change;
}

TEST(AChange, TakesInAllOfAnother) {
  Change change = change_of(1);
  change.add(change_of(2));
  ASSERT_EQ(change.ended.size(), 2U);
  EXPECT_EQ(change.ended.at(1).id, LeaseId{2});
  EXPECT_EQ(change.shrunk.at(1), LeaseId{2});
  EXPECT_EQ(change.lines.at(1).offset, Offset{2});
  EXPECT_EQ(change.quarantined.at(1).line.offset, Offset{2});
  EXPECT_EQ(change.recovered.at(1).offset, Offset{2});
}

}  // namespace
}  // namespace gpiobroker::core
