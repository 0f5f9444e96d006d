// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a table of words for each setting, which look-ups in both directions read.
#include "core/line/vocabulary.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gpiobroker::core {
namespace {

template <class Setting>
using Word = std::pair<Setting, std::string_view>;

template <class Setting>
struct Words;

template <>
struct Words<Direction> {
  static constexpr std::array<Word<Direction>, 3> kTable{
      {{Direction::input, "input"}, {Direction::output, "output"}, {Direction::as_is, "as-is"}}};
};
template <>
struct Words<Edge> {
  static constexpr std::array<Word<Edge>, 4> kTable{{{Edge::none, "none"},
                                                     {Edge::rising, "rising"},
                                                     {Edge::falling, "falling"},
                                                     {Edge::both, "both"}}};
};
template <>
struct Words<Bias> {
  static constexpr std::array<Word<Bias>, 4> kTable{{{Bias::as_is, "as-is"},
                                                     {Bias::disabled, "disabled"},
                                                     {Bias::pull_up, "pull-up"},
                                                     {Bias::pull_down, "pull-down"}}};
};
template <>
struct Words<Drive> {
  static constexpr std::array<Word<Drive>, 3> kTable{{{Drive::push_pull, "push-pull"},
                                                      {Drive::open_drain, "open-drain"},
                                                      {Drive::open_source, "open-source"}}};
};
template <>
struct Words<EventClock> {
  static constexpr std::array<Word<EventClock>, 3> kTable{{{EventClock::monotonic, "monotonic"},
                                                           {EventClock::realtime, "realtime"},
                                                           {EventClock::hte, "hte"}}};
};

template <class Setting>
std::string_view word_for(Setting setting) {
  const auto& table = Words<Setting>::kTable;
  const auto entry = std::ranges::find(table, setting, &Word<Setting>::first);
  return entry == table.end() ? std::string_view("unknown") : entry->second;
}

}  // namespace

std::string_view to_word(Direction direction) {
  return word_for(direction);
}
std::string_view to_word(Edge edge) {
  return word_for(edge);
}
std::string_view to_word(Bias bias) {
  return word_for(bias);
}
std::string_view to_word(Drive drive) {
  return word_for(drive);
}
std::string_view to_word(EventClock clock) {
  return word_for(clock);
}

template <class Setting>
std::optional<Setting> from_word(std::string_view word) {
  const auto& table = Words<Setting>::kTable;
  const auto entry = std::ranges::find(table, word, &Word<Setting>::second);
  return entry == table.end() ? std::nullopt : std::optional(entry->first);
}

template <class Setting>
std::string accepted_words() {
  std::string list;
  for (const auto& entry : Words<Setting>::kTable) {
    if (!list.empty()) list += ", ";
    list += entry.second;
  }
  return list;
}

template std::optional<Direction> from_word(std::string_view);
template std::optional<Edge> from_word(std::string_view);
template std::optional<Bias> from_word(std::string_view);
template std::optional<Drive> from_word(std::string_view);
template std::optional<EventClock> from_word(std::string_view);
template std::string accepted_words<Direction>();
template std::string accepted_words<Edge>();
template std::string accepted_words<Bias>();
template std::string accepted_words<Drive>();
template std::string accepted_words<EventClock>();

}  // namespace gpiobroker::core
