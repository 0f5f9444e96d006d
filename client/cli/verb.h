// SPDX-License-Identifier: LGPL-2.1-or-later
// A verb of the command line: what it takes, and what it does.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {  // the library that parses; verb.cpp alone compiles it
class App;
class Option;
}  // namespace CLI

namespace gpiobroker::cli {

/// What stands outside the verb on the command line.
struct CommonOptions {
  std::string address;               ///< of the bus; empty: the system bus
  bool json = false;                 ///< print JSON instead of text
  std::vector<std::string> command;  ///< what follows "--"
};

/// What a verb does once the whole command line is read. Returns the exit status; throws Error.
using Action = std::function<int(const CommonOptions&)>;

/// An argument or option of a verb, once it was added.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}

  Option& required();

  /// What --help calls the value, such as "PID".
  Option& type(const std::string& name);

  /// Looks at each word that is given; calls refuse_word() for those that are not taken.
  Option& checked(std::function<void(const std::string&)> look);

  /// The other one cannot be given beside this one.
  Option& excludes(const Option& other);

 private:
  CLI::Option* option_;
};

/// Part of a command line under construction. References that options write to must live until
/// the command line is read. A name with dashes is an option; one without is an argument, in order.
/// Words that the bus would not take, as of a terminal that writes Latin-1, are spelled as the
/// broker spells names: with \xNN for each byte that is no text.
class Verb {
 public:
  /// `chosen` becomes the action of the verb that the user asks for.
  Verb(CLI::App& app, Action& chosen) : app_(&app), chosen_(&chosen) {}

  [[nodiscard]] Verb add_verb(const std::string& name, const std::string& description);

  /// One of the verbs of this one must be named.
  void require_verb();

  /// Options of which exactly one must be given; `name` heads them in --help.
  [[nodiscard]] Verb one_of(const std::string& name, const std::string& description);

  /// What follows the options in --help.
  void footer(const std::string& text);

  void does(Action action);

  Option add(const std::string& name, std::string& value, const std::string& description);
  Option add(const std::string& name, std::vector<std::string>& values,
             const std::string& description);

  /// Takes names of files, whatever bytes they are of.
  Option add_paths(const std::string& name, std::vector<std::string>& paths,
                   const std::string& description);

  struct Range {
    std::uint64_t least;
    std::uint64_t most;
  };

  /// Takes numbers of the range.
  Option add(const std::string& name, Range range, std::function<void(std::uint64_t)> set,
             const std::string& description);

  /// Takes one of the words.
  Option add(const std::string& name, const std::vector<std::string>& words,
             const std::function<void(const std::string&)>& set, const std::string& description);

  /// Takes several words; `set` calls refuse_word() for those that it does not take.
  Option add_each(const std::string& name, std::function<void(const std::string&)> set,
                  const std::string& description);

  Option add_flag(const std::string& name, bool& value, const std::string& description);
  Option add_flag(const std::string& name, std::function<void()> set,
                  const std::string& description);

  /// Takes a time from 1 ms to a day: in milliseconds, or with one of the units ms, s, m, h.
  Option add_time(const std::string& name, std::function<void(std::chrono::milliseconds)> set,
                  const std::string& description);

  /// Takes a time from 0 to 4294967295 microseconds: in these, or with one of the units us, ms, s.
  Option add_short_time(const std::string& name, std::function<void(std::chrono::microseconds)> set,
                        const std::string& description);

 private:
  CLI::App* app_;
  Action* chosen_;
};

/// Refuses a word of the command line; the text says which word, and what is taken.
[[noreturn]] void refuse_word(const std::string& why);

}  // namespace gpiobroker::cli
