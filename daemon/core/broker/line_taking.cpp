// SPDX-License-Identifier: GPL-2.0-or-later
// Joins the lines that are held, then takes the others.
#include "core/broker/line_taking.h"

#include <algorithm>

#include "core/broker/edges.h"
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
    const LineSettings& now = broker_.held_.applied(line);
    std::vector<Wish> wishes = wishes_on(line);
    wishes.push_back({request.access, settings.edge});
    const Edge edge = edge_for(wishes);
    if (now.direction != Direction::input || now.edge == edge) continue;
    earlier.emplace_back(line, now);
    wanted.emplace_back(line, now);
    wanted.back().second.edge = edge;
  }
  auto done = broker_.held_.configure(wanted);
  if (!done) (void)broker_.held_.restore(earlier);
  return done;
}

Result<void> LineTaking::take_fresh(std::vector<SettingsOfLine> lines, std::string_view consumer,
                                    Instant now) {
  std::vector<LineId> ids;
  std::ranges::transform(lines, std::back_inserter(ids), &SettingsOfLine::first);
  Edges(broker_).forget_earlier(ids, now);
  std::vector<FailedReset> stuck;
  const auto write_down = [&] {
    return broker_.ledger_.enter(ids, broker_.safe_states_, LeaseId{broker_.next_id_.value + 1});
  };
  auto taken = take_configured(broker_.held_, broker_.board_.chips(), broker_.safe_states_, lines,
                               consumer, write_down, stuck);
  for (FailedReset& each : stuck) {
    broker_.quarantine_.note_failure(each.line, std::move(each.why), now);
  }
  if (!taken) {
    std::erase_if(ids, [this](LineId line) { return broker_.quarantine_.find(line) != nullptr; });
    broker_.ledger_.strike(ids);
  }
  return taken;
}

std::vector<LineId> LineTaking::only_of(const Lease& lease,
                                        const std::vector<LineId>& lines) const {
  std::vector<LineId> only;
  if (lease.observes()) return only;
  std::ranges::copy_if(lines, std::back_inserter(only), [&](LineId line) {
    return std::ranges::none_of(broker_.leases_.on_line(line), [&](const Lease* other) {
      return other->id != lease.id && !other->observes();
    });
  });
  return only;
}

void LineTaking::refresh_edges(std::span<const LineId> lines) {
  for (const LineId line : lines) {
    if (is_held(line)) {
      const SettingsOfLine earlier{line, broker_.held_.applied(line)};
      SettingsOfLine wanted = earlier;
      wanted.second.edge = edge_for(wishes_on(line));
      const bool is_input = earlier.second.direction == Direction::input;
      if (is_input && wanted != earlier && !broker_.held_.configure(std::span(&wanted, 1))) {
        (void)broker_.held_.restore(std::span(&earlier, 1));
      }
    }
    note_edges(line);
  }
}

/// Those who wait for edges that cannot come are to hear of it, and when they can.
void LineTaking::note_edges(LineId line) {
  const bool is_input = is_held(line) && broker_.held_.applied(line).direction == Direction::input;
  const bool lacks = is_input && broker_.held_.applied(line).edge == Edge::none &&
                     edge_for(wishes_on(line)) != Edge::none;
  if (lacks == broker_.without_edges_.contains(line)) return;
  if (lacks) {
    broker_.without_edges_.insert(line);
  } else {
    broker_.without_edges_.erase(line);
  }
  for (const Lease* lease : broker_.leases_.on_line(line)) broker_.edge_supply_.insert(lease->id);
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
  for (const Lease* lease : broker_.leases_.on_line(line)) {
    if (lease != but) wishes.push_back({lease->access, lease->find(line)->settings.edge});
  }
  return wishes;
}

}  // namespace gpiobroker::core
