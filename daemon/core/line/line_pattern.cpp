// SPDX-License-Identifier: GPL-2.0-or-later
// Reads and compares each form of a pattern in functions of its own.
#include "core/line/line_pattern.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/glob.h"
#include "core/base/spelling.h"
#include "core/base/text.h"
#include "core/line/pi_header.h"

namespace gpiobroker::core {
namespace {

constexpr std::array<std::string_view, 2> kBcmPrefixes{"GPIO", "BCM"};
constexpr std::string_view kDigits = "0123456789";

Refused no_pattern(std::string_view text, std::string_view why) {
  return refuse(Reason::invalid_setting, "lines",
                in_quotes(text) + " is no pattern for lines: " + std::string(why));
}

/// The same, of a text that could be the name of a line all the same.
Refused no_pattern_but_perhaps_a_name(std::string_view text, std::string_view why) {
  return no_pattern(text, std::string(why) + "; a line that is called so is " +
                              in_quotes(std::string(kSaysLine) + std::string(text)));
}

struct SplitName {
  std::string_view prefix;
  int number = -1;  // -1: there is none
};

SplitName split(std::string_view name) {
  const auto last = name.find_last_not_of(kDigits);
  const std::size_t length = last == std::string_view::npos ? 0 : last + 1;
  return {.prefix = name.substr(0, length), .number = number_in(name.substr(length))};
}

bool is_bcm_prefix(std::string_view prefix) {
  return std::ranges::find(kBcmPrefixes, prefix) != kBcmPrefixes.end();
}

}  // namespace

/// A name may be written as the command shows it, in ASCII alone, and is read as the name.
Result<LinePattern> LinePattern::parse(std::string_view text) {
  if (const std::string letters = with_letters(text); letters != text) return parse(letters);
  if (text.empty()) return no_pattern(text, "it is empty; * means every line");
  if (text.starts_with(kSaysLine) && text.size() > kSaysLine.size()) {
    return LinePattern(text, ExactName{std::string(text.substr(kSaysLine.size()))});
  }
  for (const std::string_view prefix : {kSaysChip, kSaysLabel}) {
    if (text.starts_with(prefix)) return parse_exact_chip(text, prefix.size());
  }
  if (!is_glob(text)) return no_pattern_but_perhaps_a_name(text, "a [ has no ]");
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    return parse_numbered(text, dots);
  }
  if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
    return parse_numbers(text, colon);
  }
  if (const auto [prefix, number] = split(text); prefix == "BOARD" && number >= 0) {
    const auto pin = static_cast<std::uint32_t>(number);
    return LinePattern(text, HeaderPin{{pin, pin}});
  }
  return LinePattern(text, Name{std::string(text)});
}

Result<LinePattern> LinePattern::parse_exact_chip(std::string_view text, std::size_t prefix) {
  const std::string_view rest = text.substr(prefix);
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return no_pattern(text, "after " + std::string(text.substr(0, prefix)) +
                                " come a name, a colon and a number, a range (2-9), or *");
  }
  const auto range = parse_range(text, rest.substr(colon + 1));
  if (!range) return Refused(range.error());
  return LinePattern(
      text, ExactChip{text.starts_with(kSaysLabel), std::string(rest.substr(0, colon)), *range});
}

Result<LinePattern> LinePattern::parse_numbered(std::string_view text, std::size_t dots) {
  const SplitName from = split(text.substr(0, dots));
  const SplitName to = split(text.substr(dots + 2));
  const bool alike = from.prefix == to.prefix && from.number >= 0 && to.number >= 0;
  if (!alike || has_wildcard(from.prefix) || from.prefix.find(':') != std::string_view::npos) {
    return no_pattern_but_perhaps_a_name(
        text, "a range is two names with a number each, such as GPIO2..GPIO9");
  }
  if (from.number > to.number) return no_pattern(text, "the range ends before it begins");
  const Range range{static_cast<std::uint32_t>(from.number), static_cast<std::uint32_t>(to.number)};
  if (from.prefix == "BOARD") return LinePattern(text, HeaderPin{range});
  return LinePattern(text, NumberedName{std::string(from.prefix), range});
}

Result<LinePattern> LinePattern::parse_numbers(std::string_view text, std::size_t colon) {
  const std::string_view chip = text.substr(0, colon);
  const auto range = parse_range(text, text.substr(colon + 1));
  if (!range) return Refused(range.error());
  if (chip == "J8") return LinePattern(text, HeaderPin{*range});
  if (chip.empty()) return no_pattern(text, "no chip is named before the colon; * means every one");
  return LinePattern(text, ChipAndOffset{std::string(chip), *range});
}

Result<LinePattern::Range> LinePattern::parse_range(std::string_view text,
                                                    std::string_view numbers) {
  if (numbers == "*") return Range{0, std::numeric_limits<std::uint32_t>::max()};
  const auto dash = numbers.find('-');
  const int first = number_in(numbers.substr(0, dash));
  const int last = dash == std::string_view::npos ? first : number_in(numbers.substr(dash + 1));
  if (first < 0 || last < 0) {
    return no_pattern_but_perhaps_a_name(
        text, "after the colon comes a number (17), a range (2-9), or *");
  }
  if (first > last) return no_pattern(text, "the range ends before it begins");
  return Range{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
}

bool LinePattern::says_what_it_is() const {
  return std::holds_alternative<ExactName>(form_) || std::holds_alternative<ExactChip>(form_);
}

bool LinePattern::matches(const LineFacts& line) const {
  if (!says_what_it_is() && line.name == text_) return true;
  return std::visit([&](const auto& form) { return fits(form, line); }, form_);
}

bool LinePattern::fits(const Name& form, const LineFacts& line) {
  if (!line.name.empty() && glob_matches(form.glob, line.name)) return true;
  if (form.glob == "*") return true;  // lines without a name are lines, too
  const auto [prefix, number] = split(form.glob);
  return line.on_header && is_bcm_prefix(prefix) && number >= 0 &&
         static_cast<std::uint32_t>(number) == line.offset.value;
}

bool LinePattern::fits(const NumberedName& form, const LineFacts& line) {
  const auto [prefix, number] = split(line.name);
  if (prefix == form.prefix && number >= 0 &&
      form.numbers.has(static_cast<std::uint32_t>(number))) {
    return true;
  }
  return line.on_header && is_bcm_prefix(form.prefix) && form.numbers.has(line.offset.value);
}

bool LinePattern::fits(const ChipAndOffset& form, const LineFacts& line) {
  if (!form.offsets.has(line.offset.value)) return false;
  const auto is_called = [&](const std::string& name) {
    return name == form.chip_glob || glob_matches(form.chip_glob, name);
  };
  if (is_called(line.chip) || std::ranges::any_of(line.links, is_called)) return true;
  return is_called(line.label) && !line.label_is_a_name;
}

bool LinePattern::fits(const HeaderPin& form, const LineFacts& line) {
  if (!line.on_header) return false;
  const auto pin = header_pin_of(line.offset);
  return pin && form.pins.has(static_cast<std::uint32_t>(*pin));
}

bool LinePattern::fits(const ExactName& form, const LineFacts& line) {
  return line.name == form.name;
}

bool LinePattern::fits(const ExactChip& form, const LineFacts& line) {
  if (!form.offsets.has(line.offset.value)) return false;
  if (form.by_label) return line.label == form.name;
  return line.chip == form.name || std::ranges::find(line.links, form.name) != line.links.end();
}

bool LinePattern::names_one_line() const {
  if (std::holds_alternative<ExactName>(form_)) return true;
  if (const auto* chip = std::get_if<ExactChip>(&form_)) {
    return chip->offsets.first == chip->offsets.last;
  }
  if (const auto* name = std::get_if<Name>(&form_)) return !has_wildcard(name->glob);
  if (const auto* pin = std::get_if<HeaderPin>(&form_)) return pin->pins.first == pin->pins.last;
  const auto* line = std::get_if<ChipAndOffset>(&form_);
  return line != nullptr && !has_wildcard(line->chip_glob) &&
         line->offsets.first == line->offsets.last;
}

}  // namespace gpiobroker::core
