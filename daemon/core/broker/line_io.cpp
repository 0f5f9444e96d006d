// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the lines in the lease, then asks the kernel requests that the broker holds.
#include "core/broker/line_io.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/broker/acquire_check.h"

namespace gpiobroker::core {
namespace {

std::vector<LineId> ids_of(const std::vector<const LeasedLine*>& lines) {
  std::vector<LineId> ids;
  std::ranges::transform(lines, std::back_inserter(ids), &LeasedLine::id);
  return ids;
}

Refused not_an_output(const LeasedLine& line) {
  return refuse(Reason::not_an_output, "values",
                "line " + in_quotes(line.spec) +
                    " is not an output: acquire it with direction output, or change that by the "
                    "lease's method Reconfigure");
}

}  // namespace

Result<std::vector<LineWithValue<std::string>>> LineIo::get_values(
    const Client& caller, LeaseId id, const std::vector<std::string>& specs) const {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  const auto lines = lines_in(**lease, specs);
  if (!lines) return Refused(lines.error());
  const auto values = (*lease)->observes() ? observed(**lease, *lines) : held(*lines);
  if (!values) return Refused(values.error());
  std::vector<LineWithValue<std::string>> named;
  for (std::size_t i = 0; i < lines->size(); ++i) {
    named.push_back({specs.empty() ? lines->at(i)->spec : specs[i], values->at(i)});
  }
  return named;
}

/// Reads lines that are held. Each holder has its own active-low, and the kernel that of the first
/// one, so levels are turned round for holders who differ.
Result<std::vector<Value>> LineIo::held(const Lines& lines) const {
  auto values = state_.held.get(ids_of(lines));
  if (!values) return values;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool in_kernel = state_.held.applied(lines[i]->id).active_low;
    if (lines[i]->settings.active_low != in_kernel) values->at(i) = inverted(values->at(i));
  }
  return values;
}

/// Reads lines that are observed, and that perhaps nobody holds.
Result<std::vector<Value>> LineIo::observed(const Lease& lease, const Lines& lines) const {
  for (const LeasedLine* line : lines) {
    if (auto own = reader_.check(lease.holder, line->id); !own) {
      return Refused(own.error());
    }
  }
  std::vector<Value> values;
  for (const LeasedLine* line : lines) {
    const auto wire = reader_.level(line->id);
    if (!wire) return Refused(wire.error());
    values.push_back(line->settings.active_low ? inverted(*wire) : *wire);
  }
  return values;
}

Result<std::vector<LineStanding>> LineIo::start_edges(const Client& caller, LeaseId id,
                                                      Instant now) {
  const auto levels = get_values(caller, id, {});
  if (!levels) return Refused(levels.error());
  std::vector<LineStanding> standing;
  const Lease& lease = *state_.leases.find(id);
  if (auto told = check_edges_are_told(lease); !told) return Refused(told.error());
  for (std::size_t i = 0; i < lease.lines.size(); ++i) {
    standing.push_back(edges_.standing_of(lease.lines[i], levels->at(i).value, now));
  }
  state_.leases.forget_edges(id);
  return standing;
}

Result<void> LineIo::set_values(const Client& caller, LeaseId id,
                                const std::vector<LineWithValue<std::string>>& values,
                                Instant now) {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  if (values.empty()) {
    return refuse(Reason::no_lines, "values", "values is empty: give at least one line a value");
  }
  std::vector<LineWithValue<LineId>> wanted;
  for (const auto& each : values) {
    const auto line = line_in(**lease, each.line);
    if (!line) return Refused(line.error());
    if ((*line)->settings.direction != Direction::output) return not_an_output(**line);
    if (std::ranges::find(wanted, (*line)->id, &LineWithValue<LineId>::line) != wanted.end()) {
      return refuse(Reason::duplicate_line, "values",
                    "line " + in_quotes(each.line) + " is given a value twice");
    }
    wanted.push_back({(*line)->id, each.value});
  }
  auto done = state_.held.set(wanted);
  std::vector<LineId> changed;
  std::ranges::transform(wanted, std::back_inserter(changed), &LineWithValue<LineId>::line);
  edges_.note_levels(changed, now);
  return done;
}

Result<void> LineIo::reconfigure(const Client& caller, LeaseId id, const Reconfiguration& wanted,
                                 Instant now) {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  const auto lines = lines_in(**lease, wanted.lines);
  if (!lines) return Refused(lines.error());
  std::vector<LineWithSettings<LineId>> settings;
  for (const LeasedLine* line : *lines) {
    const LineSettings next = wanted.change.applied_to(present_settings(**lease, *line));
    if (auto allowed = check_change(**lease, *line, next); !allowed) return allowed;
    settings.push_back({line->id, next});
  }
  if (auto room = check_room_for_edges(**lease, settings); !room) return room;
  if (auto done = apply(**lease, settings); !done) return done;
  const std::vector<LineId> changed = ids_of(*lines);
  for (const auto& [line, next] : settings) state_.leases.note_settings(id, line, next);
  taking_.refresh_edges(changed);
  edges_.note_levels(changed, now);
  return {};
}

/// The settings that a change goes over. Those of an exclusive line are what was applied to it,
/// with the level last driven: one that is opened directly is asked what it is, since its holder
/// may have made something else of it a moment ago.
LineSettings LineIo::present_settings(const Lease& lease, const LeasedLine& line) const {
  if (lease.access != Access::exclusive) return line.settings;
  LineSettings settings = state_.held.applied(line.id);
  if (!lease.opened) return settings;
  if (const auto info = state_.board.chips().line_info(line.id)) {
    settings = as_asked_for(info->settings);
  }
  if (settings.direction != Direction::output) return settings;
  if (const auto level = state_.held.get(std::span(&line.id, 1))) settings.value = level->front();
  return settings;
}

Result<void> LineIo::check_change(const Lease& lease, const LeasedLine& line,
                                  const LineSettings& next) const {
  if (auto allowed = check_settings(lease.access, next); !allowed) return allowed;
  if (lease.access != Access::shared) return {};
  if (taking_.has_alone(lease, line.id)) return {};
  const std::string differs = difference(line.settings, next);
  if (differs.empty()) return {};
  return refuse(
      Reason::busy, "settings",
      "line " + in_quotes(line.spec) + " is shared: others do not expect another " + differs);
}

std::vector<LineWithSettings<LineId>> LineIo::in_kernel(
    const Lease& lease, const std::vector<LineWithSettings<LineId>>& settings,
    LineTaking::Observers observers) const {
  std::vector<LineWithSettings<LineId>> wanted;
  for (const auto& [line, next] : settings) {
    wanted.push_back({line, taking_.for_kernel(lease, line, next, observers)});
    if (!taking_.has_alone(lease, line))
      wanted.back().settings.active_low = state_.held.applied(line).active_low;
  }
  return wanted;
}

/// Checks the quota of edges. A lease that asked for no edges has had no buffer so far.
Result<void> LineIo::check_room_for_edges(
    const Lease& lease, const std::vector<LineWithSettings<LineId>>& settings) const {
  const bool wants = std::ranges::any_of(
      settings, [](const auto& line) { return line.settings.edge != Edge::none; });
  if (!wants || lease.buffered_edges() > 0) return {};
  return check_edges(state_.policy.quotas(), state_.leases, lease.holder, lease.edges.capacity());
}

/// Tries the settings together with the edges that only observers want, so that none is missed on
/// the way. If the chip refuses that, tries them without.
Result<void> LineIo::apply(const Lease& lease,
                           const std::vector<LineWithSettings<LineId>>& settings) {
  if (lease.observes()) return {};
  std::vector<LineWithSettings<LineId>> earlier;
  for (const auto& [line, next] : settings) {
    earlier.push_back({line, lease.opened ? present_settings(lease, *lease.find(line))
                                          : state_.held.applied(line)});
  }
  const auto wanted = in_kernel(lease, settings, LineTaking::Observers::heard);
  const auto together = state_.held.configure(wanted);
  if (together) return {};
  const auto alone = in_kernel(lease, settings, LineTaking::Observers::left_out);
  if (alone != wanted && state_.held.configure(alone)) return {};
  (void)state_.held.restore(earlier);
  return Refused(together.error());
}

Result<const LeasedLine*> LineIo::line_in(const Lease& lease, const std::string& spec) const {
  if (const LeasedLine* own = lease.find_called(spec)) return own;
  const auto id = state_.board.directory().find(spec);
  if (!id) return Refused(id.error());
  if (const LeasedLine* by_id = lease.find(*id)) return by_id;
  return not_in_lease(lease, spec);
}

Result<std::vector<const LeasedLine*>> LineIo::lines_in(
    const Lease& lease, const std::vector<std::string>& specs) const {
  std::vector<const LeasedLine*> lines;
  if (specs.empty()) {
    for (const LeasedLine& line : lease.lines) lines.push_back(&line);
    return lines;
  }
  for (const std::string& spec : specs) {
    const auto line = line_in(lease, spec);
    if (!line) return Refused(line.error());
    lines.push_back(*line);
  }
  return lines;
}

}  // namespace gpiobroker::core
