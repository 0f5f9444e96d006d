// SPDX-License-Identifier: GPL-2.0-or-later
// What every chip promises of edges.
#include <algorithm>
#include <thread>

#include "contract/chip_contract.h"

namespace gpiobroker::test {
namespace {

using core::Direction;
using core::Edge;
using core::LineEdge;

constexpr core::LineSettings kButton{.direction = Direction::input, .edge = Edge::both};

using Words = std::vector<std::string>;

TEST_P(AnEdgeOfAChip, IsToldWithItsNumberOnTheLine) {
  const auto request = take_as(kGpio17, kButton);
  for (const bool high : {true, false, true}) press(*request, kGpio17, high);
  EXPECT_EQ(words(), (Words{"17 rising 1", "17 falling 2", "17 rising 3"}));
}

TEST_P(AnEdgeOfAChip, IsNumberedOnItsOwnLine) {
  const auto request = take({kGpio17, kGpio27});
  ASSERT_TRUE(
      request->configure(std::vector<LineWithSettings>{{kGpio17, kButton}, {kGpio27, kButton}}));
  press(*request, kGpio17, true);
  press(*request, kGpio27, true);
  press(*request, kGpio17, false);
  EXPECT_EQ(words(), (Words{"17 rising 1", "27 rising 1", "17 falling 2"}));
}

TEST_P(AnEdgeOfAChip, HappenedBeforeNow) {
  const auto request = take_as(kGpio17, kButton);
  const auto before = chip().time();
  press(*request, kGpio17, true);
  ASSERT_EQ(seen_.size(), 1U);
  EXPECT_GE(seen_.front().timestamp, before);
  EXPECT_LE(seen_.front().timestamp, chip().time());
}

TEST_P(AnEdgeOfAChip, IsOfTheLogicalLevel) {
  core::LineSettings turned = kButton;
  turned.active_low = true;
  const auto request = take_as(kGpio17, turned);
  press(*request, kGpio17, true);
  EXPECT_EQ(words(), (Words{"17 falling 1"}));
}

TEST_P(AnEdgeOfAChip, IsNotToldOfUnlessItWasSelected) {
  const auto request = take({kGpio17, kGpio27});
  core::LineSettings falling = kButton;
  falling.edge = Edge::falling;
  ASSERT_TRUE(
      request->configure(std::vector<LineWithSettings>{{kGpio17, falling}, {kGpio27, kButton}}));
  press_in_vain(*request, kGpio17, true, kGpio27);
  press(*request, kGpio17, false);
  EXPECT_EQ(words(), (Words{"17 falling 1"}));
}

TEST_P(AnEdgeOfAChip, IsStillToBeReadWhenDetectionHasEnded) {
  const auto request = take_as(kGpio17, kButton);
  const auto other = take_as(kGpio27, kButton);
  bench_->drive(kGpio17, true);
  press(*other, kGpio27, true);  // by then the first one has come, too
  ASSERT_TRUE(request->configure(std::vector<LineWithSettings>{{kGpio17, kInput}}));
  seen_.clear();
  read(*request);
  EXPECT_EQ(words(), (Words{"17 rising 1"}));
}

TEST_P(AnEdgeOfAChip, IsNotMissedWhenALineBesideItIsConfigured) {
  const auto request = take({kGpio17, kGpio27});
  ASSERT_TRUE(
      request->configure(std::vector<LineWithSettings>{{kGpio17, kButton}, {kGpio27, kInput}}));
  press(*request, kGpio17, true);
  ASSERT_TRUE(
      request->configure(std::vector<LineWithSettings>{{kGpio17, kButton}, {kGpio27, kButton}}));
  press(*request, kGpio17, false);
  EXPECT_EQ(words(), (Words{"17 rising 1", "17 falling 2"}));
}

TEST_P(AnEdgeOfAChip, OfBeforeDetectionIsNotTold) {
  const auto request = take({kGpio17, kGpio27});
  bench_->drive(kGpio17, true);
  ASSERT_TRUE(
      request->configure(std::vector<LineWithSettings>{{kGpio17, kButton}, {kGpio27, kButton}}));
  press(*request, kGpio27, true);
  EXPECT_EQ(words(), (Words{"27 rising 1"}));
}

}  // namespace

void AnEdgeOfAChip::press(core::LineRequest& request, Offset line, bool high) {
  const std::size_t before = seen_.size();
  bench_->drive(line, high);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (seen_.size() == before && std::chrono::steady_clock::now() < deadline) {
    read(request);
    std::this_thread::yield();
  }
}

void AnEdgeOfAChip::press_in_vain(core::LineRequest& request, Offset line, bool high,
                                  Offset other) {
  bench_->drive(line, high);
  other_is_high_ = !other_is_high_;
  press(request, other, other_is_high_);
  std::erase_if(seen_, [other](const LineEdge& edge) { return edge.offset == other; });
}

void AnEdgeOfAChip::read(core::LineRequest& request) {
  const auto edges = request.read_edges().value();
  seen_.insert(seen_.end(), edges.begin(), edges.end());
}

Words AnEdgeOfAChip::words() const {
  Words words;
  for (const LineEdge& edge : seen_) {
    words.push_back(std::to_string(edge.offset.value) + (edge.rising ? " rising " : " falling ") +
                    std::to_string(edge.sequence));
  }
  return words;
}

}  // namespace gpiobroker::test
