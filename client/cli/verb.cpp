// SPDX-License-Identifier: LGPL-2.1-or-later
// Talks to CLI11, as command_line.cpp does and no other file: CLI11 is slow to compile.
#include "cli/verb.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "core/base/spelling.h"

namespace gpiobroker::cli {
namespace {

struct TimeUnit {
  std::string_view name;
  std::uint64_t factor = 1;
};

struct TimeRange {
  std::span<const TimeUnit> units;  // the first is that of a number alone
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::string_view words;
};

constexpr std::array<TimeUnit, 4> kLongUnits{
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}}};
constexpr TimeRange kLongTime{
    .units = kLongUnits,
    .least = 1,
    .most = 86'400'000,
    .words = "a time from 1ms to 24h: a number of milliseconds, or with a unit: ms, s, m, h"};

constexpr std::array<TimeUnit, 3> kShortUnits{{{"us", 1}, {"ms", 1000}, {"s", 1'000'000}}};
constexpr TimeRange kShortTime{
    .units = kShortUnits,
    .least = 0,
    .most = std::numeric_limits<std::uint32_t>::max(),
    .words = "a time from 0us to 4294s: a number of microseconds, or with a unit: us, ms, s"};

std::optional<std::uint64_t> number_in(const std::string& word) {
  std::uint64_t number = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string fit_for_bus(const std::string& word) {
  return core::fit_text(word) == word ? word : core::name_from(word);
}

std::string words_for(std::uint64_t least, std::uint64_t most) {
  if (most == std::numeric_limits<std::uint64_t>::max()) {
    return "a number that is at least " + std::to_string(least);
  }
  return "a number from " + std::to_string(least) + " to " + std::to_string(most);
}

/// Checks the range here: the library's own check prints what a double can hold, in 300 digits.
CLI::Validator in_range(std::uint64_t least, std::uint64_t most) {
  return {[least, most](const std::string& word) -> std::string {
            const auto number = number_in(word);
            if (number && *number >= least && *number <= most) return {};
            return "'" + word + "' is not " + words_for(least, most);
          },
          ""};
}

/// "1500", "1500ms": the number and, for the unit, by how much to multiply it.
std::optional<std::uint64_t> time_in(const std::string& word, const TimeRange& range) {
  const auto unit_at = std::min(word.find_first_not_of("0123456789"), word.size());
  const auto number = number_in(word.substr(0, unit_at));
  const auto unit = unit_at == word.size()
                        ? range.units.begin()
                        : std::ranges::find(range.units, word.substr(unit_at), &TimeUnit::name);
  if (!number || unit == range.units.end()) return std::nullopt;
  if (*number > range.most / unit->factor) return std::nullopt;
  const std::uint64_t time = *number * unit->factor;
  return time < range.least ? std::nullopt : std::optional(time);
}

CLI::Validator in_range(const TimeRange& range) {
  return {[&range](const std::string& word) -> std::string {
            if (time_in(word, range)) return {};
            return "'" + word + "' is not " + std::string(range.words);
          },
          ""};
}

template <class Time>
Option add_time_option(CLI::App& app, const std::string& name, const TimeRange& range,
                       std::function<void(Time)> set, const std::string& description) {
  CLI::Option* option = app.add_option_function<std::string>(
      name,
      [set = std::move(set), &range](const std::string& word) {
        set(Time(time_in(word, range).value_or(0)));
      },
      description);
  option->check(in_range(range))->type_name("TIME");
  return Option(*option);
}

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::type(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::checked(std::function<void(const std::string&)> look) {
  option_->check([look = std::move(look)](const std::string& word) -> std::string {
    look(word);
    return {};
  });
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Verb Verb::add_verb(const std::string& name, const std::string& description) {
  return {*app_->add_subcommand(name, description), *chosen_};
}

void Verb::require_verb() {
  app_->require_subcommand(1);
}

Verb Verb::one_of(const std::string& name, const std::string& description) {
  CLI::App* group = app_->add_option_group(name, description);
  group->require_option(1);
  return {*group, *chosen_};
}

void Verb::footer(const std::string& text) {
  app_->footer(text);
}

void Verb::does(Action action) {
  app_->callback([chosen = chosen_, action = std::move(action)] { *chosen = action; });
}

Option Verb::add(const std::string& name, std::string& value, const std::string& description) {
  return Option(*app_->add_option(name, value, description)->transform(fit_for_bus));
}

Option Verb::add(const std::string& name, std::vector<std::string>& values,
                 const std::string& description) {
  return Option(*app_->add_option(name, values, description)->transform(fit_for_bus));
}

Option Verb::add_paths(const std::string& name, std::vector<std::string>& paths,
                       const std::string& description) {
  return Option(*app_->add_option(name, paths, description));
}

Option Verb::add(const std::string& name, Range range, std::function<void(std::uint64_t)> set,
                 const std::string& description) {
  CLI::Option* option = app_->add_option_function<std::string>(
      name, [set = std::move(set)](const std::string& word) { set(number_in(word).value_or(0)); },
      description);
  option->check(in_range(range.least, range.most));
  return Option(*option);
}

Option Verb::add(const std::string& name, const std::vector<std::string>& words,
                 const std::function<void(const std::string&)>& set,
                 const std::string& description) {
  CLI::Option* option = app_->add_option_function<std::string>(name, set, description);
  option->check(CLI::IsMember(words));
  return Option(*option);
}

Option Verb::add_each(const std::string& name, std::function<void(const std::string&)> set,
                      const std::string& description) {
  return Option(*app_->add_option_function<std::vector<std::string>>(
      name,
      [set = std::move(set)](const std::vector<std::string>& words) {
        for (const std::string& word : words) set(fit_for_bus(word));
      },
      description));
}

Option Verb::add_flag(const std::string& name, bool& value, const std::string& description) {
  return Option(*app_->add_flag(name, value, description));
}

Option Verb::add_flag(const std::string& name, std::function<void()> set,
                      const std::string& description) {
  return Option(*app_->add_flag_callback(name, std::move(set), description));
}

Option Verb::add_time(const std::string& name, std::function<void(std::chrono::milliseconds)> set,
                      const std::string& description) {
  return add_time_option(*app_, name, kLongTime, std::move(set), description);
}

Option Verb::add_short_time(const std::string& name,
                            std::function<void(std::chrono::microseconds)> set,
                            const std::string& description) {
  return add_time_option(*app_, name, kShortTime, std::move(set), description);
}

void refuse_word(const std::string& why) {
  throw CLI::ValidationError(why);
}

}  // namespace gpiobroker::cli
