// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the reader of a setting by its key; each reader says what it would have taken.
#include "bus/wire/arguments.h"

#include <algorithm>
#include <optional>

#include "bus/wire/access_options.h"
#include "bus/wire/lifetime_options.h"
#include "bus/wire/variants.h"
#include "core/base/spelling.h"
#include "core/base/text.h"
#include "core/line/vocabulary.h"

namespace gpiobroker::bus {
namespace {

using core::Reason;
using core::Refused;
using core::Result;
using core::SettingsChange;

constexpr std::size_t kLongestConsumer = 31;  // GPIO_MAX_NAME_SIZE of linux/gpio.h, less its NUL

template <class Word>
Result<void> read(const std::string& key, const sdbus::Variant& variant, std::optional<Word>& to) {
  const auto text = as_text(variant);
  to = text ? core::from_word<Word>(*text) : std::nullopt;
  if (!to) return wrong(key, variant, "one of: " + core::accepted_words<Word>());
  return {};
}

Result<void> read(const std::string& key, const sdbus::Variant& variant, std::optional<bool>& to) {
  to = as_flag(variant);
  if (!to) return wrong(key, variant, "a boolean (b), true or false");
  return {};
}

Result<void> read(const std::string& key, const sdbus::Variant& variant,
                  std::optional<std::chrono::microseconds>& to) {
  const auto number = as_number(variant);
  if (!number || *number < 0 || *number > core::kLongestDebounce.count()) {
    return wrong(key, variant, "a number of microseconds (u), 0 to 4294967295");
  }
  to = std::chrono::microseconds(*number);
  return {};
}

Result<void> read(const std::string& key, const sdbus::Variant& variant,
                  std::optional<core::Value>& to) {
  const auto flag = as_flag(variant);
  const auto number = flag ? std::optional<std::int64_t>(*flag ? 1 : 0) : as_number(variant);
  if (!number || (*number != 0 && *number != 1)) return wrong(key, variant, "a number (i), 0 or 1");
  to = *number == 1 ? core::Value::active : core::Value::inactive;
  return {};
}

Result<void> read_setting(const std::string& key, const sdbus::Variant& variant,
                          SettingsChange& to) {
  if (key == "direction") return read(key, variant, to.direction);
  if (key == "value") return read(key, variant, to.value);
  if (key == "edge") return read(key, variant, to.edge);
  if (key == "bias") return read(key, variant, to.bias);
  if (key == "drive") return read(key, variant, to.drive);
  if (key == "active-low") return read(key, variant, to.active_low);
  if (key == "debounce-period") return read(key, variant, to.debounce);
  if (key == "event-clock") return read(key, variant, to.event_clock);
  return core::refuse(Reason::unknown_setting, key,
                      "unknown setting " + core::in_quotes(key) +
                          "; accepted: direction, value, edge, bias, drive, active-low, "
                          "debounce-period, event-clock");
}

Result<void> read_settings(const Dictionary& settings, SettingsChange& change) {
  for (const auto& [key, variant] : settings) {
    if (auto done = read_setting(key, variant, change); !done) return done;
  }
  return {};
}

bool is_printable(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// Whether a label may be of these bytes: no control characters, which other programs might print.
bool is_label(const std::string& bytes) {
  return bytes.size() <= kLongestConsumer && std::ranges::none_of(bytes, [](char c) {
           return (static_cast<unsigned char>(c) < ' ') || c == '\x7f';
         });
}

/// Takes the consumer out of the options, as a name of ours; what is left are settings. It may be
/// spelled as one already, as by the command, which is given any bytes.
Result<std::string> take_consumer(Dictionary& options) {
  const auto entry = options.extract("consumer");
  if (entry.empty()) return std::string();
  const auto text = as_text(entry.mapped());
  if (!text || !is_printable(*text) || !is_label(core::bytes_of(*text))) {
    return wrong(
        "consumer", entry.mapped(),
        "a string (s) of at most 31 bytes: printable ASCII, or \\xNN for others but control "
        "characters");
  }
  return core::name_from(core::bytes_of(*text));
}

core::Refused unknown_option(const Dictionary& options, const char* known) {
  const std::string& key = options.begin()->first;
  return core::refuse(
      Reason::unknown_setting, key,
      "unknown option " + core::in_quotes(key) + "; this method takes " + std::string(known));
}

}  // namespace

Result<SettingsChange> parse_settings(const Dictionary& settings) {
  SettingsChange change;
  if (auto done = read_settings(settings, change); !done) return Refused(done.error());
  return change;
}

Result<LeaseRequest> parse_request(const std::vector<std::string>& lines,
                                   const Dictionary& options) {
  std::vector<LineWithSettings> each;
  for (const std::string& line : lines) each.emplace_back(line, Dictionary{});
  return parse_request(each, options);
}

Result<LeaseRequest> parse_request(const std::vector<LineWithSettings>& lines,
                                   const Dictionary& options) {
  Dictionary common = options;
  const auto consumer = take_consumer(common);
  if (!consumer) return Refused(consumer.error());
  auto lifetime = take_lifetime(common);
  if (!lifetime) return Refused(lifetime.error());
  const auto wait = take_milliseconds(common, "wait-ms");
  if (!wait) return Refused(wait.error());
  core::AcquireRequest request{
      .lines = {}, .consumer = *consumer, .lifetime = lifetime->lifetime, .wait = *wait};
  if (auto done = take_access(common, request); !done) return Refused(done.error());
  const auto shared = parse_settings(common);
  if (!shared) return Refused(shared.error());
  for (const auto& line : lines) {
    SettingsChange own = *shared;
    if (auto done = read_settings(std::get<1>(line), own); !done) return Refused(done.error());
    request.lines.push_back({std::get<0>(line), own.applied_to({})});
  }
  return LeaseRequest{.request = std::move(request), .lifeline = std::move(lifetime->lifeline)};
}

Result<bool> parse_release_options(Dictionary options) {
  constexpr const char* kOnlyOwn = "only-own";
  const auto given = options.extract(kOnlyOwn);
  if (!options.empty()) return unknown_option(options, kOnlyOwn);
  if (given.empty()) return false;
  std::optional<bool> only_own;
  if (const auto done = read(kOnlyOwn, given.mapped(), only_own); !done) {
    return Refused(done.error());
  }
  return *only_own;
}

Result<void> expect_no_options(const Dictionary& options) {
  if (options.empty()) return {};
  return unknown_option(options, "none");
}

Result<std::vector<core::LineWithValue<std::string>>> parse_values(
    const std::map<std::string, std::int32_t>& values) {
  std::vector<core::LineWithValue<std::string>> named;
  for (const auto& [line, value] : values) {
    if (value != 0 && value != 1) {
      return core::refuse(Reason::invalid_value, "values",
                          "value " + std::to_string(value) + " for line " + core::in_quotes(line) +
                              " is not accepted: 0 or 1");
    }
    named.push_back({line, value == 1 ? core::Value::active : core::Value::inactive});
  }
  return named;
}

std::map<Text, std::int32_t> to_dictionary(
    const std::vector<core::LineWithValue<std::string>>& values) {
  std::map<Text, std::int32_t> dictionary;
  for (const auto& each : values) {
    dictionary[each.line] = each.value == core::Value::active ? 1 : 0;
  }
  return dictionary;
}

}  // namespace gpiobroker::bus
