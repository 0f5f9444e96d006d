// SPDX-License-Identifier: GPL-2.0-or-later
// Edges that wait to be taken.
#include "core/lease/edge_queue.h"

#include <gmock/gmock.h>

namespace gpiobroker::test {
namespace {

using core::EdgeEvent;
using core::EdgeQueue;
using core::LineId;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr LineId kOne{core::ChipId{0}, core::Offset{1}};
constexpr LineId kTwo{core::ChipId{0}, core::Offset{2}};

std::vector<std::uint64_t> numbers(const std::vector<EdgeEvent>& edges) {
  std::vector<std::uint64_t> numbers;
  for (const EdgeEvent& edge : edges) numbers.push_back(edge.sequence);
  return numbers;
}

TEST(AnEdgeQueue, NumbersEdgesAndGivesTheOldestFirst) {
  EdgeQueue queue(4);
  for (int i = 0; i < 3; ++i) queue.push({.line = kOne});
  EXPECT_THAT(numbers(queue.take(2)), ElementsAre(1, 2));
  EXPECT_THAT(numbers(queue.take(2)), ElementsAre(3));
  EXPECT_TRUE(queue.empty());
  EXPECT_THAT(queue.lost(), IsEmpty());
}

TEST(AnEdgeQueue, LosesTheOldestAndCountsItForItsLine) {
  EdgeQueue queue(2);
  queue.push({.line = kTwo});
  for (int i = 0; i < 3; ++i) queue.push({.line = kOne});
  EXPECT_THAT(queue.lost(), ElementsAre(Pair(kOne, 1), Pair(kTwo, 1)));
  EXPECT_THAT(numbers(queue.take(9)), ElementsAre(3, 4));
}

TEST(AnEdgeQueue, LeavesAGapInTheNumbersForWhatWasLostBefore) {
  EdgeQueue queue(4);
  queue.push({.line = kOne});
  queue.note_lost(kOne, 5);
  queue.push({.line = kOne});
  EXPECT_THAT(numbers(queue.take(9)), ElementsAre(1, 7));
  EXPECT_THAT(queue.lost(), ElementsAre(Pair(kOne, 5)));
}

TEST(AnEdgeQueue, GivesEdgesAgainUntilTheyWereReceived) {
  EdgeQueue queue(4);
  for (int i = 0; i < 3; ++i) queue.push({.line = kOne});
  EXPECT_THAT(numbers(queue.lend(0, 2)), ElementsAre(1, 2));
  EXPECT_THAT(numbers(queue.lend(0, 2)), ElementsAre(1, 2));
  EXPECT_THAT(numbers(queue.lend(1, 2)), ElementsAre(2, 3));
  EXPECT_THAT(numbers(queue.lend(3, 2)), IsEmpty());
}

TEST(AnEdgeQueue, CountsNothingAsLostThatWasGivenAndMayHaveBeenReceived) {
  EdgeQueue queue(2);
  for (int i = 0; i < 2; ++i) queue.push({.line = kOne});
  EXPECT_THAT(numbers(queue.lend(0, 9)), ElementsAre(1, 2));
  for (int i = 0; i < 3; ++i) queue.push({.line = kTwo});
  EXPECT_THAT(queue.lost(), ElementsAre(Pair(kTwo, 1)));
  EXPECT_THAT(numbers(queue.lend(0, 9)), ElementsAre(1, 2, 4, 5));
}

TEST(AnEdgeQueue, ForgetsTheEdgesOfLinesThatHaveLeft) {
  EdgeQueue queue(4);
  for (const LineId line : {kOne, kTwo}) queue.push({.line = line});
  EXPECT_THAT(numbers(queue.lend(0, 9)), ElementsAre(1, 2));
  for (const LineId line : {kTwo, kOne}) queue.push({.line = line});
  queue.forget(std::span(&kTwo, 1));
  EXPECT_THAT(numbers(queue.lend(0, 9)), ElementsAre(1, 4));
  EXPECT_THAT(queue.lost(), IsEmpty());
}

}  // namespace
}  // namespace gpiobroker::test
