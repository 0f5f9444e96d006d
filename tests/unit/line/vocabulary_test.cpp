// SPDX-License-Identifier: GPL-2.0-or-later
// The words for settings are libgpiod's, and the way back from each is the same.
#include "core/line/vocabulary.h"

#include <gtest/gtest.h>

namespace gpiobroker::core {
namespace {

TEST(TheVocabulary, NamesDirections) {
  EXPECT_EQ(to_word(Direction::input), "input");
  EXPECT_EQ(to_word(Direction::output), "output");
  EXPECT_EQ(to_word(Direction::as_is), "as-is");
}

TEST(TheVocabulary, NamesEdges) {
  EXPECT_EQ(to_word(Edge::none), "none");
  EXPECT_EQ(to_word(Edge::rising), "rising");
  EXPECT_EQ(to_word(Edge::falling), "falling");
  EXPECT_EQ(to_word(Edge::both), "both");
}

TEST(TheVocabulary, NamesBiases) {
  EXPECT_EQ(to_word(Bias::as_is), "as-is");
  EXPECT_EQ(to_word(Bias::disabled), "disabled");
  EXPECT_EQ(to_word(Bias::pull_up), "pull-up");
  EXPECT_EQ(to_word(Bias::pull_down), "pull-down");
}

TEST(TheVocabulary, NamesDrives) {
  EXPECT_EQ(to_word(Drive::push_pull), "push-pull");
  EXPECT_EQ(to_word(Drive::open_drain), "open-drain");
  EXPECT_EQ(to_word(Drive::open_source), "open-source");
}

TEST(TheVocabulary, NamesClocks) {
  EXPECT_EQ(to_word(EventClock::monotonic), "monotonic");
  EXPECT_EQ(to_word(EventClock::realtime), "realtime");
  EXPECT_EQ(to_word(EventClock::hte), "hte");
}

template <class Setting>
void expect_a_way_back(std::initializer_list<Setting> settings) {
  for (const Setting each : settings) EXPECT_EQ(from_word<Setting>(to_word(each)), each);
}

TEST(TheVocabulary, ReadsEachWordItWrites) {
  expect_a_way_back({Direction::input, Direction::output, Direction::as_is});
  expect_a_way_back({Edge::none, Edge::rising, Edge::falling, Edge::both});
  expect_a_way_back({Bias::as_is, Bias::disabled, Bias::pull_up, Bias::pull_down});
  expect_a_way_back({Drive::push_pull, Drive::open_drain, Drive::open_source});
  expect_a_way_back({EventClock::monotonic, EventClock::realtime, EventClock::hte});
}

TEST(TheVocabulary, ReadsNoOtherWord) {
  for (const char* word : {"", "Input", "input ", "in", "output\n"}) {
    EXPECT_FALSE(from_word<Direction>(word)) << word;
  }
}

TEST(TheVocabulary, SaysWhatAnUnknownBiasIsButDoesNotLetItBeAskedFor) {
  EXPECT_EQ(to_word(Bias::unknown), "unknown");
  EXPECT_FALSE(from_word<Bias>("unknown"));
}

TEST(TheVocabulary, ListsWhatMayBeAskedFor) {
  EXPECT_EQ(accepted_words<Direction>(), "input, output, as-is");
  EXPECT_EQ(accepted_words<Edge>(), "none, rising, falling, both");
  EXPECT_EQ(accepted_words<Bias>(), "as-is, disabled, pull-up, pull-down");
  EXPECT_EQ(accepted_words<Drive>(), "push-pull, open-drain, open-source");
  EXPECT_EQ(accepted_words<EventClock>(), "monotonic, realtime, hte");
}

}  // namespace
}  // namespace gpiobroker::core
