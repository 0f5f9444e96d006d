// SPDX-License-Identifier: GPL-2.0-or-later
// Counts each edge once, and tells it to each lease that wants it.
#include "core/broker/edges.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::core {
namespace {

/// How many times in a row edges are read at most, so that a storm of them does not take all time.
constexpr int kMostReads = 64;

bool is_wanted(Edge selection, EdgeKind kind) {
  switch (selection) {
    case Edge::none: return false;
    case Edge::rising: return kind == EdgeKind::rising;
    case Edge::falling: return kind == EdgeKind::falling;
    case Edge::both: return true;
  }
  return false;
}

}  // namespace

void Edges::read(RequestId request, Instant now) {
  const auto held = state_.held.find(request);
  if (!held) return;
  const auto edges = held->kernel.read_edges();
  if (!edges) return;  // the chip is gone, which others find out
  for (const LineEdge& edge : *edges) arrived({held->chip, edge.offset}, edge, now);
}

void Edges::read_all(LineId line, Instant now) {
  LineRequest* request = state_.held.request_with(line);
  for (int i = 0; request != nullptr && i < kMostReads; ++i) {
    const auto edges = request->read_edges();
    if (!edges || edges->empty()) return;
    for (const LineEdge& edge : *edges) arrived({line.chip, edge.offset}, edge, now);
  }
}

void Edges::forget_earlier(std::span<const LineId> lines, Instant now) {
  for (const LineId line : lines) {
    if (state_.held.holds(line)) {
      read_all(line, now);
    } else {
      state_.edge_counts[line].in_kernel = 0;
    }
  }
}

void Edges::arrived(LineId line, const LineEdge& edge, Instant now) {
  EdgeCount& count = state_.edge_counts[line];
  const std::uint32_t lost = edge.sequence - count.in_kernel - 1;  // its numbers are in 32 bits
  count.in_kernel = edge.sequence;
  count.total += std::uint64_t{lost} + 1;
  state_.edge_totals.seen += std::uint64_t{lost} + 1;
  const LineSettings& applied = state_.held.applied(line);
  const bool high = edge.rising != applied.active_low;
  count.high = high;
  const EdgeEvent event{.line = line,
                        .clock = applied.event_clock,
                        .timestamp = edge.timestamp,
                        .line_sequence = count.total};
  for (const Lease* lease : state_.leases.on_line(line)) {
    const LeasedLine& leased = *lease->find(line);
    if (lost > 0 && leased.settings.edge != Edge::none) {
      state_.leases.note_lost_edges(lease->id, line, lost);
      state_.edge_totals.lost += lost;
      state_.leases_with_edges.insert(lease->id);
    }
    tell(*lease, event, high, now);
  }
}

void Edges::tell(const Lease& lease, const EdgeEvent& edge, bool high, Instant now) {
  const LineSettings& settings = lease.find(edge.line)->settings;
  EdgeEvent own = edge;
  own.kind = high != settings.active_low ? EdgeKind::rising : EdgeKind::falling;
  if (!is_wanted(settings.edge, own.kind)) return;
  enter(lease.id, own, now);
}

void Edges::enter(LeaseId lease, const EdgeEvent& edge, Instant now) {
  if (state_.leases.push_edge(lease, edge, now)) ++state_.edge_totals.lost;
  state_.leases_with_edges.insert(lease);
}

void Edges::note_levels(std::span<const LineId> lines, Instant now) {
  for (const LineId line : lines) {
    if (state_.held.holds(line) &&
        std::ranges::any_of(state_.leases.on_line(line), &Lease::observes)) {
      note_level(line, now);
    }
  }
}

void Edges::note_level(LineId line, Instant now) {
  read_all(line, now);
  const auto value = state_.held.get(std::span(&line, 1));
  if (!value) return;
  const bool high = (value->front() == Value::active) != state_.held.applied(line).active_low;
  EdgeCount& count = state_.edge_counts[line];
  if (std::exchange(count.high, high).value_or(high) == high) return;
  const EdgeEvent event{.line = line,
                        .timestamp = state_.board.chips().at(line.chip).time(),
                        .line_sequence = ++count.total};
  ++state_.edge_totals.seen;
  for (const Lease* lease : state_.leases.on_line(line)) {
    if (lease->observes()) tell(*lease, event, high, now);
  }
}

LineStanding Edges::standing_of(const LeasedLine& line, Value level, Instant now) {
  const std::uint64_t before = state_.edge_counts[line.id].total;
  read_all(line.id, now);
  EdgeCount& count = state_.edge_counts[line.id];
  const bool active_low = line.settings.active_low;
  if (count.total != before && count.high) {
    level = *count.high != active_low ? Value::active : Value::inactive;
  }
  count.high = (level == Value::active) != active_low;
  return {line.spec, level, count.total};
}

Result<void> Edges::check_told(LeaseId lease) const {
  return check_edges_are_told(*state_.leases.find(lease));
}

Result<void> Edges::check_received(LeaseId lease, std::uint64_t received) const {
  const std::uint64_t last = state_.leases.find(lease)->edges.last_sequence();
  if (received <= last) return {};
  return refuse(Reason::invalid_value, "received",
                "received " + std::to_string(received) +
                    " is not accepted: the number of an edge of this lease, of which the last is " +
                    std::to_string(last) + ", or 0 for none yet");
}

void Edges::lose(LeaseId lease, const std::vector<EdgeEvent>& edges) {
  if (state_.leases.find(lease) == nullptr) return;
  for (const EdgeEvent& edge : edges) state_.leases.note_undelivered_edge(lease, edge.line);
  state_.edge_totals.lost += edges.size();
}

void Edges::time_out(Instant now) {
  for (const auto& [id, lease] : state_.leases.all()) {
    if (lease.edge_timeout == Instant{0}) continue;
    for (const LeasedLine& line : lease.lines) {
      if (line.quiet_since + lease.edge_timeout > now) continue;
      enter(id,
            {.line = line.id,
             .kind = EdgeKind::timeout,
             .timestamp = state_.board.chips().at(line.id.chip).time(),
             .line_sequence = state_.edge_counts[line.id].total},
            now);
    }
  }
}

std::optional<Instant> Edges::next_timeout() const {
  std::optional<Instant> next;
  for (const auto& [id, lease] : state_.leases.all()) {
    if (lease.edge_timeout == Instant{0}) continue;
    for (const LeasedLine& line : lease.lines) {
      const Instant at = line.quiet_since + lease.edge_timeout;
      if (!next || at < *next) next = at;
    }
  }
  return next;
}

std::set<LeaseId> Edges::take_leases_with_edges() {
  return std::exchange(state_.leases_with_edges, {});
}

}  // namespace gpiobroker::core
