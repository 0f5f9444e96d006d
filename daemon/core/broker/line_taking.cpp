// SPDX-License-Identifier: GPL-2.0-or-later
// Joins the lines that are held, then takes the others.
#include "core/broker/line_taking.h"

#include <algorithm>

#include "core/chip/acquisition.h"

namespace gpiobroker::core {

Result<void> LineTaking::take(const AcquireRequest& request, std::span<const SettingsOfLine> lines,
                              std::string_view consumer, Instant now) {
  std::vector<SettingsOfLine> joined;
  std::vector<SettingsOfLine> fresh;
  for (const SettingsOfLine& each : lines) {
    if (is_held(each.first)) {
      joined.push_back(each);
    } else if (request.access != Access::observe) {
      const Wish own{request.access, each.second.edge};
      fresh.push_back(each);
      fresh.back().second.edge = edge_for(std::span(&own, 1));
    }
  }
  if (auto done = join(request, joined); !done) return done;
  auto taken = take_fresh(std::move(fresh), consumer, now);
  if (!taken) {
    std::vector<LineId> ids;
    std::ranges::transform(joined, std::back_inserter(ids), &SettingsOfLine::first);
    refresh_edges(ids);
  }
  return taken;
}

Result<void> LineTaking::join(const AcquireRequest& request,
                              std::span<const SettingsOfLine> lines) {
  std::vector<SettingsOfLine> wanted;
  std::vector<SettingsOfLine> earlier;
  for (const auto& [line, settings] : lines) {
    const LineSettings& now = state_.held.applied(line);
    std::vector<Wish> wishes = wishes_on(line);
    wishes.push_back({request.access, settings.edge});
    const Edge edge = edge_for(wishes);
    if (now.direction != Direction::input || now.edge == edge) continue;
    earlier.emplace_back(line, now);
    wanted.emplace_back(line, now);
    wanted.back().second.edge = edge;
  }
  auto done = state_.held.configure(wanted);
  if (!done) (void)state_.held.restore(earlier);
  return done;
}

Result<void> LineTaking::take_fresh(std::vector<SettingsOfLine> lines, std::string_view consumer,
                                    Instant now) {
  std::vector<LineId> ids;
  std::ranges::transform(lines, std::back_inserter(ids), &SettingsOfLine::first);
  edges_.forget_earlier(ids, now);
  std::vector<FailedReset> stuck;
  const auto write_down = [&] {
    return state_.ledger.enter(ids, state_.safe_states, LeaseId{state_.next_id.value + 1});
  };
  auto taken = take_configured(state_.held, state_.board.chips(), state_.safe_states, lines,
                               consumer, write_down, stuck);
  for (FailedReset& each : stuck) {
    state_.quarantine.note_failure(each.line, std::move(each.why), now);
  }
  if (!taken) {
    std::erase_if(ids, [this](LineId line) { return state_.quarantine.find(line) != nullptr; });
    state_.ledger.strike(ids);
  }
  return taken;
}

bool LineTaking::has_alone(const Lease& lease, LineId line) const {
  if (lease.observes()) return false;
  return std::ranges::none_of(state_.leases.on_line(line), [&](const Lease* other) {
    return other->id != lease.id && !other->observes();
  });
}

void LineTaking::refresh_edges(std::span<const LineId> lines) {
  for (const LineId line : lines) {
    if (is_held(line)) {
      const SettingsOfLine earlier{line, state_.held.applied(line)};
      SettingsOfLine wanted = earlier;
      wanted.second.edge = edge_for(wishes_on(line));
      const bool is_input = earlier.second.direction == Direction::input;
      if (is_input && wanted != earlier && !state_.held.configure(std::span(&wanted, 1))) {
        (void)state_.held.restore(std::span(&earlier, 1));
      }
    }
    note_edges(line);
  }
}

/// Those who wait for edges that cannot come are to hear of it, and when they can.
void LineTaking::note_edges(LineId line) {
  const bool is_input = is_held(line) && state_.held.applied(line).direction == Direction::input;
  const bool lacks = is_input && state_.held.applied(line).edge == Edge::none &&
                     edge_for(wishes_on(line)) != Edge::none;
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
  if (settings.direction != Direction::input) return settings;
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
