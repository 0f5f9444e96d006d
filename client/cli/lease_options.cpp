// SPDX-License-Identifier: LGPL-2.1-or-later
// Checks words here, so that --help lists them; combinations are for the broker to judge.
#include "cli/lease_options.h"

#include "gpiobroker/words.h"

namespace gpiobroker::cli {
namespace {

template <class Setting>
void add_word(Verb& verb, const std::string& name, std::optional<Setting>& setting,
              const std::string& description) {
  const auto& words = kWords<Setting>;
  verb.add(
          name, std::vector<std::string>(words.begin(), words.end()),
          [&setting](const std::string& word) { setting = from_word<Setting>(word); }, description)
      .type("WORD");
}

void add_settings(Verb& verb, Settings& settings) {
  add_word(verb, "--direction", settings.direction,
           "default: output for a line with a value, else input");
  add_word(verb, "--bias", settings.bias, "pull resistor, where the chip has one");
  add_word(verb, "--drive", settings.drive, "how an output drives");
  verb.add_flag(
      "--active-low", [&settings] { settings.active_low = true; }, "value 1 is a low level");
  add_word(verb, "--edge", settings.edge, "edges that an input watches for");
  verb.add_short_time(
      "--debounce-period",
      [&settings](std::chrono::microseconds period) { settings.debounce = period; },
      "how long an input must be stable; microseconds, or with a unit: us, ms, s");
  verb.add_flag(
      "--take-from-peripheral", [&settings] { settings.take_from_peripheral = true; },
      "also lines whose pins serve a peripheral, which loses them for good");
  verb.add("--consumer", settings.consumer,
           "what the kernel shows as the user of the lines, at most 31 bytes")
      .type("TEXT");
}

LineWithValue read_line(const std::string& text, LineValues values) {
  if (values == LineValues::none) {
    refuse_value(text);
    return {.line = text, .value = {}};
  }
  const auto line = parse_line_with_value(text);
  const bool has_value = line && line->value;
  if (!line || (values == LineValues::required && !has_value)) {
    refuse_word("'" + text + "' is not LINE=VALUE, with a VALUE of 0 or 1");
  }
  return *line;
}

const char* words_for(LineValues values) {
  switch (values) {
    case LineValues::none: return "LINE";
    case LineValues::optional: return "LINE[=VALUE]";
    case LineValues::required: return "LINE=VALUE";
  }
  return "LINE";
}

LineSettings settings_of(const LineWithValue& line, const Settings& common) {
  const Direction usual = line.value ? Direction::output : Direction::input;
  return {.line = line.line,
          .settings = {.direction = common.direction.value_or(usual), .value = line.value}};
}

}  // namespace

void add_lease_options(Verb& verb, LeaseOptions& options, LineValues values) {
  verb.add_each(
          "LINE",
          [&options, values](const std::string& text) {
            options.lines.push_back(read_line(text, values));
          },
          values == LineValues::none ? "such as GPIO17, J8:11, gpiochip0:17"
                                     : "line and value, such as GPIO17=1 or J8:11=0")
      .required()
      .type(words_for(values));
  add_settings(verb, options.settings);
}

/// A line whose name looks so can still be given, with "line::" before it.
void refuse_value(const std::string& word) {
  constexpr std::string_view kSaysLine = "line::";
  const auto line = parse_line_with_value(word);
  if (!line || !line->value || word.starts_with(kSaysLine)) return;
  refuse_word("'" + word + "' has a value, and nothing is driven here: give a LINE alone, or '" +
              std::string(kSaysLine) + word + "' if it is called so");
}

std::vector<LineSettings> wanted(const LeaseOptions& options) {
  std::vector<LineSettings> lines;
  for (const LineWithValue& line : options.lines) {
    lines.push_back(settings_of(line, options.settings));
  }
  return lines;
}

}  // namespace gpiobroker::cli
