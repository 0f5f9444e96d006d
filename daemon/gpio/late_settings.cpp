// SPDX-License-Identifier: GPL-2.0-or-later
// Looks into a job only when it is done: until then it belongs to the thread.
#include "gpio/late_settings.h"

#include <algorithm>

namespace gpiobroker::gpio {
namespace {

bool is_left_alone(const core::LineWithSettings<core::Offset>& line) {
  return line.settings.direction == core::Direction::as_is;
}

/// Line info has no level.
bool is_as_wanted(const core::Result<core::LineInfo>& found, const core::LineSettings& wanted) {
  if (!found) return false;
  core::LineSettings told = found->settings;
  told.value = wanted.value;
  return told == wanted;
}

bool same(std::span<const core::LineWithSettings<core::Offset>> one,
          std::span<const core::LineWithSettings<core::Offset>> other) {
  return std::ranges::equal(one, other);
}

}  // namespace

void LateSettings::remember(const std::shared_ptr<const LateConfiguration>& job,
                            ChipWorker::Ticket ticket) {
  for (const auto& each : job->setups) {
    if (!is_left_alone(each))
      entries_.insert_or_assign(each.line, Entry{job, each.settings, ticket});
  }
}

void LateSettings::forget(std::span<const core::Offset> lines) {
  for (const core::Offset line : lines) entries_.erase(line);
}

void LateSettings::forget(std::span<const core::LineWithSettings<core::Offset>> lines) {
  for (const auto& each : lines) {
    if (!is_left_alone(each)) entries_.erase(each.line);
  }
}

LateSettings::Standing LateSettings::of(
    std::span<const core::LineWithSettings<core::Offset>> lines) const {
  bool any = false;
  bool all_done = true;
  for (const auto& each : lines) {
    if (is_left_alone(each)) continue;
    const Standing standing = of(each);
    if (standing == Standing::unknown) return Standing::unknown;
    any = true;
    all_done = all_done && standing == Standing::done;
  }
  if (!any) return Standing::unknown;
  return all_done ? Standing::done : Standing::pending;
}

/// A line that was found to be otherwise than wanted counts as unknown, and is configured again.
LateSettings::Standing LateSettings::of(const core::LineWithSettings<core::Offset>& wanted) const {
  const auto entry = entries_.find(wanted.line);
  if (entry == entries_.end() || entry->second.settings != wanted.settings)
    return Standing::unknown;
  if (!is_done_(entry->second.ticket)) return Standing::pending;
  const LateConfiguration& job = *entry->second.job;
  if (!job.answer) return Standing::unknown;
  const auto found = job.found.find(wanted.line);
  const bool is_wrong = found != job.found.end() && !is_as_wanted(found->second, wanted.settings);
  return is_wrong ? Standing::unknown : Standing::done;
}

std::optional<core::Refusal> LateSettings::take_failure(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  for (const auto& [line, entry] : entries_) {
    if (!same(entry.job->setups, lines) || !is_done_(entry.ticket) || entry.job->answer) continue;
    core::Refusal failure = entry.job->answer.error();
    forget(lines);
    return failure;
  }
  return std::nullopt;
}

const core::LineInfo* LateSettings::found(core::Offset line) const {
  const auto entry = entries_.find(line);
  if (entry == entries_.end() || !is_done_(entry->second.ticket)) return nullptr;
  if (of(core::LineWithSettings<core::Offset>{line, entry->second.settings}) != Standing::done)
    return nullptr;
  const auto found = entry->second.job->found.find(line);
  return found == entry->second.job->found.end() ? nullptr : &*found->second;
}

}  // namespace gpiobroker::gpio
