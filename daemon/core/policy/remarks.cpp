// SPDX-License-Identifier: GPL-2.0-or-later
// Tries every pattern of the policy on every line.
#include "core/policy/remarks.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"

namespace gpiobroker::core {
namespace {

using Lines = std::span<const LineFacts>;

std::string called(const LineFacts& line) {
  return line.chip + ":" + std::to_string(line.offset.value);
}

bool fits_any(const LinePattern& pattern, Lines lines) {
  return std::ranges::any_of(lines, [&](const LineFacts& line) { return pattern.matches(line); });
}

void remark_on_idle(const std::string& whose, const std::vector<LinePattern>& patterns, Lines lines,
                    std::set<std::string>& remarks) {
  for (const LinePattern& pattern : patterns) {
    if (fits_any(pattern, lines)) continue;
    remarks.insert(whose + in_quotes(pattern.text()) + " fits no line that is here");
  }
}

void remark_on_aliases(const Aliases& aliases, Lines lines, std::set<std::string>& remarks) {
  for (const auto& [alias, line] : aliases) {
    const auto pattern = LinePattern::parse(line);
    if (pattern && fits_any(*pattern, lines)) continue;
    remarks.insert("alias " + in_quotes(alias) + ": there is no line " + in_quotes(line) + " here");
  }
}

bool drives_unasked(const LineEntry& entry) {
  return entry.park.value_or(false) && entry.safe && entry.safe->kind == SafeState::Kind::output;
}

/// Remarks on a pattern that means lines of several chips with one label: only their names tell
/// such chips apart, and the names depend on which chip came first.
void remark_on_twins(const LinePattern& pattern, Lines lines, std::set<std::string>& remarks) {
  std::map<std::pair<std::string, Offset>, std::vector<std::string>> twins;
  for (const LineFacts& line : lines) {
    if (pattern.matches(line)) twins[{line.label, line.offset}].push_back(called(line));
  }
  for (const auto& [line, names] : twins) {
    if (names.size() < 2) continue;
    std::string words = in_quotes(pattern.text()) + " drives the same line of " +
                        std::to_string(names.size()) + " chips that are labelled " +
                        in_quotes(line.first) + ":";
    for (const std::string& name : names) words += " " + name;
    remarks.insert(words + "; to mean one of them, name its chip");
  }
}

void remark_on_labels(Lines lines, std::set<std::string>& remarks) {
  for (const LineFacts& line : lines) {
    if (!line.label_is_a_name) continue;
    remarks.insert("chip " + line.chip + " is labelled " + in_quotes(line.label) +
                   ", which is the name of another chip and means that one: its own lines are " +
                   in_quotes(std::string(kSaysLabel) + line.label + ":N"));
  }
}

}  // namespace

std::vector<LineFacts> all_lines(const Board& board) {
  std::vector<LineFacts> lines;
  for (const auto& [id, chip] : board.chips().all()) {
    for (std::uint32_t offset = 0; offset < chip->info().line_count; ++offset) {
      lines.push_back(board.directory().facts_of({id, Offset{offset}}));
    }
  }
  return lines;
}

std::set<std::string> remarks(const Policy& policy, Lines lines) {
  std::set<std::string> remarks;
  for (const LineEntry& entry : policy.lines()) {
    remark_on_idle("lines: ", entry.match, lines, remarks);
    if (!drives_unasked(entry)) continue;
    for (const LinePattern& pattern : entry.match) remark_on_twins(pattern, lines, remarks);
  }
  for (const Rule& rule : policy.rules()) {
    remark_on_idle("rule " + in_quotes(rule.name) + ": ", rule.lines, lines, remarks);
  }
  remark_on_aliases(policy.aliases(), lines, remarks);
  remark_on_labels(lines, remarks);
  return remarks;
}

}  // namespace gpiobroker::core
