// SPDX-License-Identifier: GPL-2.0-or-later
// Waits longer after each failure.
#include "core/chip/quarantine.h"

#include <algorithm>

namespace gpiobroker::core {
namespace {

using namespace std::chrono_literals;

constexpr Instant kFirstDelay = 100ms;
constexpr Instant kLongestDelay = 30s;

Instant delay_after(unsigned attempts) {
  Instant delay = kFirstDelay;
  for (unsigned i = 1; i < attempts && delay < kLongestDelay; ++i) delay *= 2;
  return std::min(delay, kLongestDelay);
}

}  // namespace

void Quarantine::note_failure(LineId line, std::string why, Instant now) {
  Entry& entry = entries_[line];
  entry.why = std::move(why);
  ++entry.attempts;
  entry.due = now + delay_after(entry.attempts);
  entry.cause = Cause::failed_reset;
  entry.is_told = true;
}

void Quarantine::hold_back(LineId line, std::string why, std::optional<Instant> until) {
  const auto earlier = entries_.find(line);
  const bool is_told = earlier != entries_.end() && earlier->second.is_told;
  entries_[line] = {
      .why = std::move(why), .due = until, .cause = Cause::duplicate, .is_told = is_told};
}

void Quarantine::note_still_held(LineId line, std::string why, Instant now) {
  Entry& entry = entries_[line];
  entry.why = std::move(why);
  ++entry.attempts;
  entry.due = now + delay_after(entry.attempts);
  entry.cause = Cause::duplicate;
  entry.is_told = true;
}

void Quarantine::note_told(LineId line, std::optional<Instant> due) {
  Entry& entry = entries_.at(line);
  entry.is_told = true;
  entry.due = due;
}

void Quarantine::note_worked(LineId line) {
  const auto entry = entries_.find(line);
  if (entry != entries_.end()) entry->second.attempts = 0;
}

const Quarantine::Entry* Quarantine::find(LineId line) const {
  const auto entry = entries_.find(line);
  return entry == entries_.end() ? nullptr : &entry->second;
}

std::vector<LineId> Quarantine::due(Instant now) const {
  std::vector<LineId> lines;
  for (const auto& [line, entry] : entries_) {
    if (entry.due && *entry.due <= now) lines.push_back(line);
  }
  return lines;
}

std::optional<Instant> Quarantine::next_due() const {
  std::optional<Instant> next;
  for (const auto& [line, entry] : entries_) {
    if (entry.due && (!next || *entry.due < *next)) next = entry.due;
  }
  return next;
}

}  // namespace gpiobroker::core
