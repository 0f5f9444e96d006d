// SPDX-License-Identifier: GPL-2.0-or-later
// Checks lines, rights and settings first, and last whether the lines are free.
#include "core/broker/acquire_check.h"

#include <algorithm>
#include <map>

#include "core/chip/peripheral.h"
#include "core/line/validation.h"
#include "core/line/vocabulary.h"

namespace gpiobroker::core {
namespace {

Result<void> check_line_count(const std::vector<LineId>& lines, const ChipSet& chips) {
  std::map<ChipId, std::size_t> count;
  for (const LineId line : lines) {
    if (++count[line.chip] <= kMostLines) continue;
    return refuse(Reason::too_many_lines, "lines",
                  "too many lines of " + chips.at(line.chip).info().name +
                      ": a lease takes at most " + std::to_string(kMostLines) + " of one chip");
  }
  return {};
}

Verb verb_for(Access access) {
  switch (access) {
    case Access::exclusive: return Verb::lease;
    case Access::shared: return Verb::share;
    case Access::observe: return Verb::observe;
  }
  return Verb::lease;
}

Result<void> check_direct_options(const AcquireRequest& request) {
  if (request.access != Access::exclusive) {
    return refuse(Reason::invalid_setting, "direct",
                  "direct goes with access exclusive alone, not with " +
                      std::string(to_word(request.access)));
  }
  if (request.edge_timeout == Instant{0}) return {};
  return refuse(Reason::invalid_setting, "edge-timeout-ms",
                "edge-timeout-ms does not go with direct: its holder reads the edges itself");
}

Result<void> check_options(const AcquireRequest& request) {
  if (request.direct) {
    if (auto valid = check_direct_options(request); !valid) return valid;
  }
  if (request.access != Access::observe) return {};
  if (request.unobserved) {
    return refuse(Reason::invalid_setting, "unobserved",
                  "unobserved does not go with access observe: it is for who holds a line");
  }
  if (!request.take_from_peripheral) return {};
  return refuse(Reason::invalid_setting, "take-from-peripheral",
                "take-from-peripheral does not go with access observe, which takes no line");
}

}  // namespace

Result<std::vector<LineWithSettings<LineId>>> AcquireCheck::resolve(
    const Client& holder, const AcquireRequest& request) const {
  if (request.lines.empty()) {
    return refuse(Reason::no_lines, "lines", "lines is empty: name at least one line");
  }
  if (auto open = state_.policy.check_open(); !open) return Refused(open.error());
  const auto lines = state_.board.directory().find_all(lines_of<std::string>(request.lines));
  if (!lines) return Refused(lines.error());
  if (auto few = check_line_count(*lines, state_.board.chips()); !few) {
    return Refused(few.error());
  }
  if (auto valid = check_options(request); !valid) return Refused(valid.error());
  std::vector<LineWithSettings<LineId>> resolved;
  for (std::size_t i = 0; i < lines->size(); ++i) {
    const LineSettings& settings = request.lines[i].settings;
    const auto right = check_rights(holder, lines->at(i), request.access, request.lifetime.kind);
    if (!right) return Refused(right.error());
    if (auto valid = check_settings(request.access, settings); !valid) {
      return Refused(valid.error());
    }
    resolved.push_back({lines->at(i), settings});
  }
  for (const LineId line : *lines) {
    if (auto own = check_pin(holder, line, request); !own) return Refused(own.error());
    if (!request.direct) continue;
    if (auto direct = check_direct(holder, line); !direct) return Refused(direct.error());
  }
  for (const auto& [line, settings] : resolved) {
    if (auto free = check_available(holder, request, line, settings); !free)
      return Refused(free.error());
    if (auto free = check_request(request, line, *lines); !free) return Refused(free.error());
  }
  return resolved;
}

Result<void> AcquireCheck::check_rights(const Client& client, LineId line, Access access,
                                        LifetimeKind lifetime) const {
  auto right = core::check_rights(state_, client, line, verb_for(access));
  if (!right || lifetime != LifetimeKind::persistent) return right;
  return core::check_rights(state_, client, line, Verb::persist);
}

/// The right to take lines from peripherals is needed only for a pin that serves one, even if the
/// request asks for it.
Result<void> AcquireCheck::check_pin(const Client& client, LineId line,
                                     const AcquireRequest& request) const {
  auto own = check_no_peripheral(state_.held, line);
  if (own || !request.take_from_peripheral) return own;
  return core::check_rights(state_, client, line, Verb::take_from_peripheral);
}

/// What a holder makes of a line past the broker has to end by being an input.
Result<void> AcquireCheck::check_direct(const Client& client, LineId line) const {
  if (auto right = core::check_rights(state_, client, line, Verb::direct); !right) return right;
  const Chip& chip = state_.board.chips().at(line.chip);
  if (!chip.can_hand_out()) {
    return refuse(Reason::unsupported, "direct",
                  "direct is for chips of the kernel, and " + chip.info().name + " is simulated");
  }
  if (state_.safe_states.of(line).kind == SafeState::Kind::input) return {};
  return refuse(Reason::unsupported, "direct",
                "line " + state_.board.chips().describe(line) +
                    " cannot be leased directly: its safe state is an output or \"keep\", and a "
                    "direct lease ends as an input");
}

/// Whether a line that nobody leases is in a kernel request in which it cannot be had.
Result<void> AcquireCheck::check_request(const AcquireRequest& request, LineId line,
                                         const std::vector<LineId>& lines) const {
  if (request.access == Access::observe) return {};
  const auto sharing = request.direct ? HeldLines::Sharing::apart : HeldLines::Sharing::common;
  const auto why =
      state_.held.in_use(line) ? std::nullopt : state_.held.why_not(line, lines, sharing);
  if (!why) return {};
  return refuse(Reason::busy, "lines", "line " + state_.board.chips().describe(line) + ' ' + *why);
}

Result<void> AcquireCheck::check_available(const Client& holder, const AcquireRequest& request,
                                           LineId line, const LineSettings& settings) const {
  const bool observes = request.access == Access::observe;
  if (const auto* entry = observes ? nullptr : state_.quarantine.find(line)) {
    const bool failed = entry->cause == Quarantine::Cause::failed_reset;
    return refuse(Reason::quarantined, "lines",
                  "line " + state_.board.chips().describe(line) +
                      (failed ? " could not be reset and is held back until it can be: "
                              : " is held back, since somebody else may drive it: ") +
                      entry->why);
  }
  for (const Lease* other : state_.leases.on_line(line)) {
    if (observes) {
      if (other->unobserved)
        return busy(holder, line, *other, "is held, and not to be observed, by ");
    } else if (other->observes()) {
      continue;  // it has no say, and is put off if need be
    } else if (request.access == Access::exclusive || other->access == Access::exclusive) {
      return busy(holder, line, *other, "is held by ");
    } else if (auto agreed = check_shareable(holder, line, settings, *other); !agreed) {
      return agreed;
    }
  }
  return {};
}

Result<void> AcquireCheck::check_shareable(const Client& holder, LineId line,
                                           const LineSettings& settings, const Lease& other) const {
  const std::string differs = difference(state_.held.applied(line), settings);
  if (differs.empty()) return {};
  return busy(holder, line, other, "cannot be shared with this " + differs + ": it is held by ");
}

Refused AcquireCheck::busy(const Client& holder, LineId line, const Lease& other,
                           const std::string& how) const {
  const std::string whom =
      other.holder.name == holder.name ? "you yourself" : describe_holder(other);
  return refuse(Reason::busy, "lines",
                "line " + state_.board.chips().describe(line) + " " + how + whom + ", lease " +
                    std::to_string(other.id.value));
}

std::string AcquireCheck::why_busy(const Client& holder, const AcquireRequest& request,
                                   const std::vector<LineId>& lines) const {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto free = check_available(holder, request, lines[i], request.lines[i].settings);
    if (!free) return free.error().message;
    const auto alone = check_request(request, lines[i], lines);
    if (!alone) return alone.error().message;
  }
  const bool others = std::ranges::any_of(
      lines, [&](LineId line) { return state_.queue.is_wanted_by_others(line, holder.name); });
  return others ? "others who wait for the same lines came earlier"
                : "you wait for some of the same lines since earlier";
}

Result<void> check_settings(Access access, const LineSettings& settings) {
  if (access != Access::observe) {
    if (auto valid = validate(settings); !valid) return valid;
  }
  if (access == Access::shared && settings.direction != Direction::input) {
    return refuse(Reason::invalid_setting, "direction",
                  "direction " + std::string(to_word(settings.direction)) +
                      " does not go with access shared, which is for inputs: give input");
  }
  const LineSettings only_seen{.edge = settings.edge, .active_low = settings.active_low};
  if (access == Access::observe && settings != only_seen) {
    return refuse(Reason::invalid_setting, "access",
                  "access observe leaves a line to its holder: accepted beside it are edge and "
                  "active-low");
  }
  return {};
}

std::string difference(const LineSettings& present, const LineSettings& wanted) {
  if (wanted.direction != present.direction) {
    return "direction, " + std::string(to_word(wanted.direction)) + " instead of " +
           std::string(to_word(present.direction));
  }
  if (wanted.bias != present.bias) {
    return "bias, " + std::string(to_word(wanted.bias)) + " instead of " +
           std::string(to_word(present.bias));
  }
  if (wanted.debounce != present.debounce) {
    return "debounce-period, " + std::to_string(wanted.debounce.count()) + " us instead of " +
           std::to_string(present.debounce.count());
  }
  if (wanted.event_clock != present.event_clock) {
    return "event-clock, " + std::string(to_word(wanted.event_clock)) + " instead of " +
           std::string(to_word(present.event_clock));
  }
  return "";
}

}  // namespace gpiobroker::core
