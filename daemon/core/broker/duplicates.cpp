// SPDX-License-Identifier: GPL-2.0-or-later
// Waits for those who were given a duplicate, then closes, then looks.
#include "core/broker/duplicates.h"

#include <algorithm>

#include "core/broker/giving_back.h"

namespace gpiobroker::core {
namespace {

using namespace std::chrono_literals;

/// A process that is killed closes its files before its end can be seen, so the bus may tell of the
/// one before the kernel tells of the other.
constexpr Instant kPatience = 200ms;

/// A child of a dead holder, or whoever was passed a duplicate, is found out by what it does in so
/// short a time; and is waited for as long as it does something, and for so long after that. With
/// the broker's own descriptor the line is reset again each time.
constexpr Instant kObservation = 20ms;
constexpr Instant kQuiet = 2s;

/// Resets that fail one after the other, since somebody configures the line before it is verified.
/// They are as far apart as the chip's news; what fails for longer than that has another cause.
constexpr unsigned kMostAtOnce = 1000;

constexpr std::string_view kConsumer = "gpiobroker:reset";

constexpr const char* kKeptElsewhere =
    "it is used still: a process that was passed a duplicate of the direct lease's descriptor has "
    "not closed it";

constexpr const char* kBesideFailed =
    "it is in one kernel request with a line that could not be reset, and of which somebody may "
    "have a duplicate";

bool has_failed(const Change& change, LineId line) {
  return std::ranges::find(change.quarantined, line, &FailedReset::line) !=
         change.quarantined.end();
}

}  // namespace

Change Duplicates::keep_back(std::vector<LineId>& lines, Instant now) {
  std::set<RequestId> requests;
  for (const auto& [id, entry] : state_.outstanding.all()) {
    for (const LineId line : entry.lines) {
      if (std::ranges::find(lines, line) != lines.end()) requests.insert(id);
    }
  }
  Change change;
  for (const RequestId id : requests) {
    HandedOut& entry = *state_.outstanding.find(id);
    std::erase_if(lines, [&](LineId line) {
      const bool is_of_it = std::ranges::find(entry.lines, line) != entry.lines.end();
      if (is_of_it) entry.left.insert(line);
      return is_of_it;
    });
    if (entry.is_over()) {
      change.add(close_or_wait(id, now));
    } else {
      state_.held.give_back(std::vector(entry.left.begin(), entry.left.end()));
    }
  }
  hold_back_beside_failed(change);
  return change;
}

/// Of leases that are over, lines that are reset beside such as could not be.
void Duplicates::hold_back_beside_failed(Change& change) {
  for (const auto& [id, entry] : state_.outstanding.all()) {
    if (entry.is_over() || state_.leases.find(entry.lease) != nullptr) continue;
    for (const LineId line : entry.left) {
      if (state_.quarantine.find(line) != nullptr) continue;
      state_.quarantine.hold_back(line, kBesideFailed, std::nullopt);
      change.lines.push_back(line);
    }
  }
}

Change Duplicates::close_or_wait(RequestId id, Instant now) {
  HandedOut& entry = *state_.outstanding.find(id);
  if (entry.is_given_back) return close(entry, now);
  const Instant until = now + (entry.openers.empty() ? kObservation : kPatience);
  for (const LineId line : entry.lines) {
    state_.quarantine.hold_back(line, why_waiting(entry), until);
  }
  return lines_changed(entry.lines);
}

std::string Duplicates::why_waiting(const HandedOut& entry) {
  if (entry.openers.empty()) return kKeptElsewhere;
  return "it was leased directly by " + describe(entry.holder) + ", lease " +
         std::to_string(entry.lease.value) +
         ", whose process lives and may have kept the descriptor: it is reset again whenever it is "
         "configured, and free when the process closes the descriptor and says so (CloseDirect), "
         "or ends";
}

/// Closes the broker's own, and sets those lines free that nobody has then. Whoever configures them
/// still has not been told of yet, perhaps.
Change Duplicates::close(HandedOut& entry, Instant now) {
  const std::vector<LineId> lines = entry.lines;
  Change change;
  for (const LineId line : lines) change.add(undo(line, now));
  const bool is_driven_again = !change.undone.empty() || !change.quarantined.empty();
  if (is_driven_again) {  // with the broker's own it can be reset once more
    for (const LineId line : lines) {
      if (has_failed(change, line)) continue;
      state_.quarantine.hold_back(line, kKeptElsewhere, now + kQuiet);  // also if it had before
    }
    change.add(wait_for_quiet(entry, now));
    return change;
  }
  entry.closed_at = state_.board.chips().at(lines.front().chip).time();
  state_.held.close(lines.front());
  for (const LineId line : lines) state_.parked.erase(line);  // until it is given back
  for (const LineId line : lines) change.add(look_at_closed(line, now));
  return change;
}

/// A line that the chip does not tell of is used as far as anybody knows. One that is driven was so
/// after the last look, by somebody who has ended since; and an output may have been set by a
/// duplicate since its reset, which nobody tells.
Change Duplicates::look_at_closed(LineId line, Instant now) {
  const auto info = state_.board.chips().line_info(line);
  if (!info || info->used) return keep_waiting(line, kKeptElsewhere, now);
  const SafeState wanted = state_.safe_states.of(line);
  const bool is_done = wanted.kind == SafeState::Kind::input && !wanted.park &&
                       info->settings.direction == Direction::input;
  return is_done ? set_free(line) : take_back(line, now);
}

Change Duplicates::keep_waiting(LineId line, const std::string& why, Instant now) {
  Change change = lines_changed({line});
  const auto* entry = state_.quarantine.find(line);
  if (entry == nullptr || !entry->is_told || entry->why != why)
    change.held_back.push_back({line, why});
  state_.quarantine.note_still_held(line, why, now);
  return change;
}

/// The kernel has closed what somebody had kept, and may have driven the line by. Whoever has the
/// line by now has it for himself.
Change Duplicates::take_back(LineId line, Instant now) {
  if (auto taken = state_.held.take(std::span(&line, 1), kConsumer); !taken) {
    const bool is_anothers = taken.error().reason == Reason::in_use;
    return is_anothers ? set_free(line) : keep_waiting(line, taken.error().message, now);
  }
  Change change = lines_changed({line});
  change.quarantined = reset(state_.held, state_.safe_states, std::span(&line, 1));
  if (!change.quarantined.empty()) {
    state_.quarantine.note_failure(line, change.quarantined.front().why, now);
    forget(line);
    return change;
  }
  change.resets = state_.safe_states.keeps(line) ? 0 : 1;
  change.add(set_free(line));
  give_back(state_, {line});
  return change;
}

Change Duplicates::set_free(LineId line) {
  Change change = lines_changed({line});
  const auto* entry = state_.quarantine.find(line);
  if (entry != nullptr && entry->is_told) change.recovered.push_back(line);
  state_.quarantine.free(line);
  forget(line);
  state_.ledger.strike({line});
  return change;
}

/// Nobody has a duplicate of the line's request any more.
void Duplicates::forget(LineId line) {
  state_.outstanding.forget(line);
  (void)state_.board.chips().at(line.chip).watch_apart(line.offset, false);
}

Change Duplicates::opener_gone(const ClientName& opener, Instant now) {
  Change change;
  for (const RequestId id : state_.outstanding.of_opener(opener)) {
    HandedOut& entry = *state_.outstanding.find(id);
    entry.openers.erase(opener);
    if (entry.is_over() && !entry.is_closed()) change.add(close_or_wait(id, now));
  }
  return change;
}

Change Duplicates::let_go(LeaseId lease, const ClientName& opener, Instant now) {
  Change change;
  for (const RequestId id : state_.outstanding.of_lease(lease)) {
    HandedOut& entry = *state_.outstanding.find(id);
    entry.openers.erase(opener);
    entry.is_given_back = entry.openers.empty();
    if (entry.is_over() && !entry.is_closed()) change.add(close_or_wait(id, now));
  }
  return change;
}

void Duplicates::wait_for(LineId line, Instant now) {
  state_.quarantine.note_still_held(line, kKeptElsewhere, now);
  (void)state_.board.chips().at(line.chip).watch_apart(line.offset, true);
}

Change Duplicates::look_again(const std::vector<LineId>& lines, Instant now) {
  Change change;
  for (const LineId line : lines) change.add(look(line, now));
  return change;
}

Change Duplicates::look(LineId line, Instant now) {
  const auto* entry = state_.quarantine.find(line);
  if (entry == nullptr) return {};
  if (is_closed(line)) return look_at_closed_anew(line, now);
  HandedOut& handed_out = *state_.outstanding.with(line);
  if (!handed_out.is_over()) return {};  // others of its lines are leased
  if (handed_out.openers.empty() || handed_out.is_given_back) return close(handed_out, now);
  return tell(line, std::nullopt);
}

/// All lines of the request, since it is closed with all of them. One that cannot be reset is tried
/// again anyway.
Change Duplicates::wait_for_quiet(const HandedOut& entry, Instant now) {
  Change change = lines_changed(entry.lines);
  for (const LineId line : entry.lines) {
    const auto* known = state_.quarantine.find(line);
    if (known != nullptr && known->cause == Quarantine::Cause::failed_reset) continue;
    if (known == nullptr) state_.quarantine.hold_back(line, kKeptElsewhere, now + kQuiet);
    change.add(tell(line, now + kQuiet));
  }
  return change;
}

Change Duplicates::tell(LineId line, std::optional<Instant> due) {
  Change change;
  const auto* entry = state_.quarantine.find(line);
  if (!entry->is_told) change.held_back.push_back({line, entry->why});
  state_.quarantine.note_told(line, due);
  return change;
}

/// Whether the broker has closed its own, or never had one.
bool Duplicates::is_closed(LineId line) const {
  const HandedOut* entry = state_.outstanding.with(line);
  return entry == nullptr || entry->is_closed();
}

/// The kernel may have told of the end, and it was lost among other news. A line that the broker
/// has itself meanwhile, since somebody has read it, is nobody else's.
Change Duplicates::look_at_closed_anew(LineId line, Instant now) {
  const auto info = state_.board.chips().line_info(line);
  const bool is_anothers = !info || (info->used && !state_.held.holds(line));
  if (is_anothers) return keep_waiting(line, kKeptElsewhere, now);
  return take_back(line, now);
}

Change Duplicates::heard_released(LineId line, std::chrono::nanoseconds when, Instant now) {
  const auto* entry = state_.quarantine.find(line);
  const bool waits = entry != nullptr && entry->cause == Quarantine::Cause::duplicate;
  if (!waits || !is_closed(line)) return {};
  const HandedOut* handed_out = state_.outstanding.with(line);
  const bool is_of_earlier = handed_out != nullptr && when < *handed_out->closed_at;
  return is_of_earlier ? Change{} : take_back(line, now);
}

/// A line whose reset fails again and again is tried again in its time.
Change Duplicates::heard_configured(LineId line, Instant now) {
  if (is_closed(line)) return look_again({line}, now);
  const auto* known = state_.quarantine.find(line);
  if (known != nullptr && known->attempts >= kMostAtOnce) return {};
  return undo(line, now);
}

/// What was told may be of before the last reset, or the reset itself, so the line is asked what it
/// is now, and reset if it is not safe.
Change Duplicates::undo(LineId line, Instant now) {
  if (state_.safe_states.keeps(line)) return {};
  LineSettings safe = settings_of(state_.safe_states.of(line));
  safe.value.reset();
  const auto info = state_.board.chips().line_info(line);
  if (info && info->settings == safe) return {};
  Change change = lines_changed({line});
  change.quarantined = reset(state_.held, state_.safe_states, std::span(&line, 1));
  change.undone.push_back(line);
  if (change.quarantined.empty()) state_.quarantine.note_worked(line);
  for (const FailedReset& failure : change.quarantined) {
    state_.quarantine.note_failure(line, failure.why, now);
  }
  const HandedOut& entry = *state_.outstanding.with(line);
  const bool nobody_tells = entry.openers.empty() || entry.is_given_back;
  if (entry.is_over() && nobody_tells) change.add(wait_for_quiet(entry, now));
  return change;
}

}  // namespace gpiobroker::core
