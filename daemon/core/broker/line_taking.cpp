// SPDX-License-Identifier: GPL-2.0-or-later
// Adds a lease to lines that are held already, then takes the others from the kernel.
#include "core/broker/line_taking.h"

#include <algorithm>

namespace gpiobroker::core {

Result<void> LineTaking::take(const AcquireRequest& request,
                              std::span<const LineWithSettings<LineId>> lines,
                              std::string_view consumer, Instant now) {
  std::vector<LineWithSettings<LineId>> joined;
  std::vector<LineWithSettings<LineId>> fresh;
  for (const auto& each : lines) {
    if (is_held(each.line)) {
      joined.push_back(each);
    } else if (request.access != Access::observe) {
      const Wish own{request.access, each.settings.edge};
      fresh.push_back(each);
      fresh.back().settings.edge = edge_for(std::span(&own, 1));
    }
  }
  if (auto done = join(request, joined); !done) return done;
  const auto sharing = request.direct ? HeldLines::Sharing::apart : HeldLines::Sharing::common;
  auto taken = take_fresh(fresh, {consumer, sharing}, now);
  if (!taken) {
    refresh_edges(lines_of<LineId>(joined));
  }
  return taken;
}

Result<void> LineTaking::join(const AcquireRequest& request,
                              std::span<const LineWithSettings<LineId>> lines) {
  std::vector<LineWithSettings<LineId>> wanted;
  std::vector<LineWithSettings<LineId>> earlier;
  for (const auto& [line, settings] : lines) {
    if (is_direct(line)) continue;
    const LineSettings& now = state_.held.applied(line);
    std::vector<Wish> wishes = wishes_on(line);
    wishes.push_back({request.access, settings.edge});
    const Edge edge = edge_for(wishes);
    if (now.direction != Direction::input || now.edge == edge) continue;
    earlier.push_back({line, now});
    wanted.push_back({line, now});
    wanted.back().settings.edge = edge;
  }
  auto done = state_.held.configure(wanted);
  if (!done) (void)state_.held.restore(earlier);
  return done;
}

/// Writes the lines into the ledger before it changes one of them.
Result<void> LineTaking::take_fresh(const std::vector<LineWithSettings<LineId>>& lines,
                                    const HowToTake& how, Instant now) {
  std::vector<LineId> ids = lines_of<LineId>(lines);
  edges_.forget_earlier(ids, now);
  const auto found = take_as_found(state_.held, lines, how);
  if (!found) return Refused(found.error());
  const LeaseId next_lease{state_.next_id.value + 1};
  if (auto written = state_.ledger.enter(ids, state_.safe_states, next_lease); !written) {
    state_.held.give_back_as_found(ids);
    return written;
  }
  auto [done, stuck] = configure_or_put_back(state_.held, state_.safe_states, lines, *found);
  if (!done) give_up(std::move(ids), std::move(stuck), now);
  return done;
}

/// Strikes lines from the ledger that were put back. Those that are stuck stay in it, and go into
/// quarantine.
void LineTaking::give_up(std::vector<LineId> lines, std::vector<FailedReset> stuck, Instant now) {
  for (FailedReset& each : stuck) {
    std::erase(lines, each.line);
    state_.quarantine.note_failure(each.line, std::move(each.why), now);
  }
  state_.ledger.strike(lines);
}

bool LineTaking::is_direct(LineId line) const {
  const Lease* lease = state_.leases.of_line(line);
  return lease != nullptr && lease->direct;
}

bool LineTaking::has_alone(const Lease& lease, LineId line) const {
  if (lease.observes()) return false;
  return std::ranges::none_of(state_.leases.on_line(line), [&](const Lease* other) {
    return other->id != lease.id && !other->observes();
  });
}

void LineTaking::refresh_edges(std::span<const LineId> lines) {
  for (const LineId line : lines) {
    if (is_held(line) && !is_direct(line)) {
      const LineWithSettings<LineId> earlier{line, state_.held.applied(line)};
      LineWithSettings<LineId> wanted = earlier;
      wanted.settings.edge = edge_for(wishes_on(line));
      const bool is_input = earlier.settings.direction == Direction::input;
      if (is_input && wanted != earlier && !state_.held.configure(std::span(&wanted, 1))) {
        (void)state_.held.restore(std::span(&earlier, 1));
      }
    }
    note_edges(line);
  }
}

/// Its edges are its holder's to read.
bool LineTaking::is_opened(LineId line) const {
  const Lease* lease = state_.leases.of_line(line);
  return lease != nullptr && lease->opened;
}

/// Notes whether a line is without the edges that somebody wants, so that its holders can be told
/// when that changes.
void LineTaking::note_edges(LineId line) {
  const bool is_input = is_held(line) && state_.held.applied(line).direction == Direction::input;
  const bool comes =
      state_.held.holds(line) && state_.held.applied(line).edge != Edge::none && !is_opened(line);
  const bool lacks = is_input && !comes && edge_for(wishes_on(line)) != Edge::none;
  if (lacks == state_.without_edges.contains(line)) return;
  if (lacks) {
    state_.without_edges.insert(line);
  } else {
    state_.without_edges.erase(line);
  }
  for (const Lease* lease : state_.leases.on_line(line)) {
    state_.side_effects.edge_supply.push_back(lease->id);
  }
}

LineSettings LineTaking::for_kernel(const Lease& lease, LineId line, LineSettings settings,
                                    Observers observers) const {
  if (settings.direction != Direction::input || lease.direct) return settings;
  std::vector<Wish> wishes = wishes_on(line, &lease);
  if (observers == Observers::left_out) {
    std::erase_if(wishes, [](const Wish& wish) { return wish.access == Access::observe; });
  }
  wishes.push_back({lease.access, settings.edge});
  settings.edge = edge_for(wishes);
  return settings;
}

Edge LineTaking::edge_for(std::span<const Wish> wishes) {
  for (const Wish& wish : wishes) {
    if (wish.access == Access::exclusive && wish.edge != Edge::none) return wish.edge;
  }
  const bool any = std::ranges::any_of(
      wishes, [](Edge edge) { return edge != Edge::none; }, &Wish::edge);
  return any ? Edge::both : Edge::none;
}

std::vector<LineTaking::Wish> LineTaking::wishes_on(LineId line, const Lease* but) const {
  std::vector<Wish> wishes;
  for (const Lease* lease : state_.leases.on_line(line)) {
    if (lease != but) wishes.push_back({lease->access, lease->find(line)->settings.edge});
  }
  return wishes;
}

}  // namespace gpiobroker::core
