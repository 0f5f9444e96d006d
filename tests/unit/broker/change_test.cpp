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
  change.granted.push_back({n});
  change.taken_over.push_back({n});
  change.transferred.push_back({.id = {n}, .from = {}, .to = {}});
  change.edge_supply.push_back({n});
  change.shrunk.push_back({n});
  change.lines.push_back(line);
  change.quarantined.push_back({line, "why"});
  change.recovered.push_back(line);
  change.park_failures.push_back({line, "why"});
  return change;
}

TEST(AChange, TakesInAllOfAnother) {
  Change change = change_of(1);
  change.add(change_of(2));
  ASSERT_EQ(change.ended.size(), 2U);
  EXPECT_EQ(change.ended.at(1).id, LeaseId{2});
  EXPECT_EQ(change.shrunk.at(1), LeaseId{2});
  EXPECT_EQ(change.granted.at(1), LeaseId{2});
  EXPECT_EQ(change.taken_over.at(1), LeaseId{2});
  EXPECT_EQ(change.transferred.at(1).id, LeaseId{2});
  EXPECT_EQ(change.edge_supply.at(1), LeaseId{2});
  EXPECT_EQ(change.park_failures.at(1).line.offset, Offset{2});
  EXPECT_EQ(change.lines.at(1).offset, Offset{2});
  EXPECT_EQ(change.quarantined.at(1).line.offset, Offset{2});
  EXPECT_EQ(change.recovered.at(1).offset, Offset{2});
}

}  // namespace
}  // namespace gpiobroker::core
