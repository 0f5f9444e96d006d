// SPDX-License-Identifier: GPL-2.0-or-later
// What is counted of a change.
#include "core/broker/counters.h"

#include <gmock/gmock.h>

namespace gpiobroker::core {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::Pair;

Change reset_of(std::size_t lines) {
  Change change;
  change.resets = lines;
  return change;
}

TEST(Counters, CountEndedLeasesByReason) {
  Change change;
  for (const EndReason reason :
       {EndReason::released, EndReason::holder_gone, EndReason::released}) {
    change.ended.push_back({.id = {}, .holder = {}, .reason = reason});
  }
  Counters counters;
  counters.note(change);
  EXPECT_THAT(counters.ended,
              ElementsAre(Pair(EndReason::released, 2), Pair(EndReason::holder_gone, 1)));
}

TEST(Counters, CountResetsAndThoseThatFailed) {
  Change change = reset_of(3);
  change.quarantined.push_back({.line = {}, .why = "no"});
  Counters counters;
  counters.note(change);
  counters.note(reset_of(1));
  EXPECT_EQ(counters.resets, 4U);
  EXPECT_EQ(counters.failed_resets, 1U);
}

TEST(Counters, CountGrants) {
  Change change;
  change.granted = {LeaseId{1}, LeaseId{2}};
  Counters counters;
  counters.note(change);
  EXPECT_EQ(counters.granted, 2U);
}

TEST(Counters, KeepTheTimeOfTheSlowestReset) {
  Counters counters;
  for (const auto took : {milliseconds(2), milliseconds(5), milliseconds(3)}) {
    counters.note_reset_time(took);
  }
  EXPECT_EQ(counters.slowest_reset, milliseconds(5));
}

}  // namespace
}  // namespace gpiobroker::core
