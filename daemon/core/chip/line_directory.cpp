// SPDX-License-Identifier: GPL-2.0-or-later
// Looks lines up, by one function for each form of a line spec.
#include "core/chip/line_directory.h"

#include <algorithm>
#include <set>

#include "core/base/spelling.h"
#include "core/base/text.h"
#include "core/line/pi_header.h"

namespace gpiobroker::core {
namespace {

Refused unknown_line(std::string_view spec, std::string_view why) {
  return refuse(Reason::no_such_line, "line",
                "line " + in_quotes(spec) + " not found: " + std::string(why));
}

/// The number behind a prefix, such as 17 in "GPIO17"; -1 where the text has another form.
int number_after(std::string_view prefix, std::string_view text) {
  return text.starts_with(prefix) ? number_in(text.substr(prefix.size())) : -1;
}

int header_pin_in(std::string_view spec) {
  return std::max(number_after("BOARD", spec), number_after("J8:", spec));
}

}  // namespace

void LineDirectory::add(ChipId chip) {
  const ChipInfo& info = chips_.at(chip).info();
  by_chip_[info.name].push_back(chip);
  by_label_[info.label].push_back(chip);
  if (carries_header(info.label)) header_chips_.push_back(chip);
  for (std::uint32_t offset = 0; offset < info.line_count; ++offset) {
    const LineId line{chip, Offset{offset}};
    const auto line_info = chips_.line_info(line);
    names_[line] = line_info ? line_info->name : "";
    if (!names_[line].empty()) by_name_[names_[line]].push_back(line);
  }
}

void LineDirectory::remove(ChipId chip) {
  for (auto& [name, lines] : by_name_) {
    std::erase_if(lines, [&](LineId line) { return line.chip == chip; });
  }
  for (auto* index : {&by_chip_, &by_label_}) {
    for (auto& [name, chips] : *index) std::erase(chips, chip);
    std::erase_if(*index, [](const auto& entry) { return entry.second.empty(); });
  }
  std::erase_if(by_name_, [](const auto& entry) { return entry.second.empty(); });
  std::erase_if(names_, [&](const auto& entry) { return entry.first.chip == chip; });
  std::erase(header_chips_, chip);
}

/// Tries the spec as it is; and, since the command shows names in ASCII alone, as a name that was
/// typed as the command shows it.
Result<LineId> LineDirectory::find(std::string_view spec) const {
  auto line = find_as_written(spec);
  if (line || line.error().reason != Reason::no_such_line) return line;
  const auto respelled = find_as_written(with_letters(spec));
  return respelled ? respelled : line;
}

Result<LineId> LineDirectory::find_as_written(std::string_view spec) const {
  const auto alias = aliases_.find(spec);
  if (alias == aliases_.end()) return find_unaliased(spec);
  auto line = find_unaliased(alias->second);
  if (!line) line.error().message = "alias " + in_quotes(spec) + ": " + line.error().message;
  return line;
}

/// Tries the forms in order. A text that has another form, but finds nothing by it, may still be
/// the name of a line.
Result<LineId> LineDirectory::find_unaliased(std::string_view spec) const {
  if (by_chip_.empty()) {
    return unknown_line(spec, "the broker has no GPIO chip, and waits for one");
  }
  if (spec.starts_with(kSaysLine) && spec.size() > kSaysLine.size()) {
    return by_name(spec.substr(kSaysLine.size()), spec);
  }
  if (spec.starts_with(kSaysChip) || spec.starts_with(kSaysLabel)) return by_exact_chip(spec);
  const bool is_a_name = by_name_.contains(spec);
  if (const auto colon = spec.rfind(':'); colon != std::string_view::npos) {
    Chips chips = chips_named(spec.substr(0, colon));
    if (chips.empty()) chips = chips_labelled(spec.substr(0, colon));
    auto line = by_offset(chips, number_in(spec.substr(colon + 1)), spec);
    if (!chips.empty() && (line || !is_a_name)) return line;
  }
  if (const int pin = header_pin_in(spec); pin >= 0) {
    auto line = by_header_pin(pin, spec);
    if (line || !is_a_name) return line;
  }
  if (is_a_name) return by_name(spec, spec);
  const int number = std::max(number_after("GPIO", spec), number_after("BCM", spec));
  if (number >= 0) return by_bcm_number(number, spec);
  return unknown_line(spec,
                      "accepted are a line's name (GPIO17), a chip's name or label and an offset "
                      "(gpiochip0:17), or a header pin (J8:11, BOARD11)");
}

Result<std::vector<LineId>> LineDirectory::find_all(const std::vector<std::string>& specs) const {
  auto lines = find_each(specs);
  std::set<LineId> seen;
  for (std::size_t i = 0; lines && i < lines->size(); ++i) {
    const LineId line = lines->at(i);
    if (seen.insert(line).second) continue;
    return refuse(
        Reason::duplicate_line, "lines",
        "line " + in_quotes(specs[i]) + " is named twice: it is " + chips_.describe(line));
  }
  return lines;
}

Result<std::vector<LineId>> LineDirectory::find_each(const std::vector<std::string>& specs) const {
  std::vector<LineId> lines;
  for (const auto& spec : specs) {
    const auto line = find(spec);
    if (!line) return Refused(line.error());
    lines.push_back(*line);
  }
  return lines;
}

const std::string& LineDirectory::name_of(LineId line) const {
  return names_.at(line);
}

LineFacts LineDirectory::facts_of(LineId line) const {
  const ChipInfo& chip = chips_.at(line.chip).info();
  const Chips named_like_label = chips_named(chip.label);
  LineFacts facts{.chip = chip.name,
                  .label = chip.label,
                  .offset = line.offset,
                  .name = name_of(line),
                  .on_header = carries_header(chip.label)};
  facts.label_is_a_name = !named_like_label.empty() && named_like_label.front() != line.chip;
  for (const auto& [link, name] : links_) {
    if (name == chip.name) facts.links.push_back(link);
  }
  return facts;
}

/// A chip's own name goes before a link.
LineDirectory::Chips LineDirectory::chips_named(std::string_view name) const {
  if (const auto named = by_chip_.find(name); named != by_chip_.end()) return named->second;
  const auto link = links_.find(name);
  const auto linked = link == links_.end() ? by_chip_.end() : by_chip_.find(link->second);
  return linked == by_chip_.end() ? Chips() : linked->second;
}

LineDirectory::Chips LineDirectory::chips_labelled(std::string_view label) const {
  const auto labelled = by_label_.find(label);
  return labelled == by_label_.end() ? Chips() : labelled->second;
}

Result<LineId> LineDirectory::by_name(std::string_view name, std::string_view spec) const {
  const auto named = by_name_.find(name);
  if (named == by_name_.end()) return unknown_line(spec, "no line here is called so");
  return the_only(named->second, spec);
}

Result<LineId> LineDirectory::by_exact_chip(std::string_view spec) const {
  const bool by_label = spec.starts_with(kSaysLabel);
  const std::string_view rest = spec.substr((by_label ? kSaysLabel : kSaysChip).size());
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos) {
    return unknown_line(spec, "after the name of a chip come a colon and an offset");
  }
  const std::string_view name = rest.substr(0, colon);
  const Chips chips = by_label ? chips_labelled(name) : chips_named(name);
  if (chips.empty()) {
    return unknown_line(spec,
                        by_label ? "no chip here is labelled so" : "no chip here is called so");
  }
  return by_offset(chips, number_in(rest.substr(colon + 1)), spec);
}

Result<LineId> LineDirectory::by_offset(const Chips& chips, int offset,
                                        std::string_view spec) const {
  std::vector<LineId> lines;
  std::string offsets;
  for (const ChipId id : chips) {
    const LineId line{id, Offset{static_cast<std::uint32_t>(offset)}};
    if (offset >= 0 && names_.contains(line)) lines.push_back(line);
    const ChipInfo& info = chips_.at(id).info();
    offsets += (offsets.empty() ? "offsets of " : ", of ") + info.name + " go from 0 to " +
               std::to_string(info.line_count - 1);
  }
  return lines.empty() ? unknown_line(spec, offsets) : the_only(lines, spec);
}

Result<LineId> LineDirectory::by_header_pin(int pin, std::string_view spec) const {
  const auto line = line_at_header_pin(pin);
  if (!line) return unknown_line(spec, "that pin of the 40-pin header carries no line");
  return by_bcm_number(static_cast<int>(line->value), spec);
}

Result<LineId> LineDirectory::by_bcm_number(int number, std::string_view spec) const {
  std::vector<LineId> lines;
  for (const ChipId id : header_chips_) {
    const LineId line{id, Offset{static_cast<std::uint32_t>(number)}};
    if (names_.contains(line)) lines.push_back(line);
  }
  if (lines.empty()) return unknown_line(spec, "no chip here has that line on a 40-pin header");
  return the_only(lines, spec);
}

Result<LineId> LineDirectory::the_only(const std::vector<LineId>& lines,
                                       std::string_view spec) const {
  if (lines.size() == 1) return lines.front();
  std::string all;
  for (const LineId line : lines) all += (all.empty() ? "" : ", ") + chips_.describe(line);
  return refuse(
      Reason::ambiguous_line, "line",
      "line " + in_quotes(spec) + " is ambiguous: it may be " + all + "; name the chip and offset");
}

}  // namespace gpiobroker::core
