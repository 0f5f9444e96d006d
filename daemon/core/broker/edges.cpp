// SPDX-License-Identifier: GPL-2.0-or-later
// Each edge is counted once, and told to whom it concerns.
#include "core/broker/edges.h"

#include <algorithm>
#include <utility>

#include "core/broker/line_io.h"

namespace gpiobroker::core {
namespace {

/// As often as a storm of edges is read in one go, at most.
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

void Edges::read(LineRequest& request, Instant now) {
  const auto chip = broker_.held_.chip_of(request);
  if (!chip) return;
  const auto edges = request.read_edges();
  if (!edges) return;  // the chip is gone, which others find out
  for (const LineEdge& edge : *edges) arrived({*chip, edge.offset}, edge, now);
}

void Edges::read_all(LineId line, Instant now) {
  LineRequest* request = broker_.held_.request_with(line);
  for (int i = 0; request != nullptr && i < kMostReads; ++i) {
    const auto edges = request->read_edges();
    if (!edges || edges->empty()) return;
    for (const LineEdge& edge : *edges) arrived({line.chip, edge.offset}, edge, now);
  }
}

void Edges::forget_earlier(std::span<const LineId> lines, Instant now) {
  for (const LineId line : lines) {
    if (broker_.held_.holds(line)) {
      read_all(line, now);
    } else {
      broker_.edge_counts_[line].in_kernel = 0;
    }
  }
}

void Edges::arrived(LineId line, const LineEdge& edge, Instant now) {
  EdgeCount& count = broker_.edge_counts_[line];
  const std::uint32_t lost = edge.sequence - count.in_kernel - 1;  // its numbers are in 32 bits
  count.in_kernel = edge.sequence;
  count.total += std::uint64_t{lost} + 1;
  broker_.edge_totals_.seen += std::uint64_t{lost} + 1;
  const LineSettings& applied = broker_.held_.applied(line);
  const bool high = edge.rising != applied.active_low;
  count.high = high;
  const EdgeEvent event{.line = line,
                        .clock = applied.event_clock,
                        .timestamp = edge.timestamp,
                        .line_sequence = count.total};
  for (const Lease* lease : broker_.leases_.on_line(line)) {
    const LeasedLine& leased = *lease->find(line);
    if (lost > 0 && leased.settings.edge != Edge::none) {
      broker_.leases_.note_lost_edges(lease->id, line, lost);
      broker_.edge_totals_.lost += lost;
      broker_.edge_news_.insert(lease->id);
    }
    tell(*lease, leased, event, high, now);
  }
}

void Edges::tell(const Lease& lease, const LeasedLine& line, const EdgeEvent& edge, bool high,
                 Instant now) {
  EdgeEvent own = edge;
  own.kind = high != line.settings.active_low ? EdgeKind::rising : EdgeKind::falling;
  if (!is_wanted(line.settings.edge, own.kind)) return;
  enter(lease.id, own, now);
}

void Edges::enter(LeaseId lease, const EdgeEvent& edge, Instant now) {
  if (broker_.leases_.push_edge(lease, edge, now)) ++broker_.edge_totals_.lost;
  broker_.edge_news_.insert(lease);
}

void Edges::note_levels(std::span<const LineId> lines, Instant now) {
  for (const LineId line : lines) {
    if (broker_.held_.holds(line) &&
        std::ranges::any_of(broker_.leases_.on_line(line), &Lease::observes)) {
      note_level(line, now);
    }
  }
}

void Edges::note_level(LineId line, Instant now) {
  read_all(line, now);
  const auto value = broker_.held_.get(std::span(&line, 1));
  if (!value) return;
  const bool high = (value->front() == Value::active) != broker_.held_.applied(line).active_low;
  EdgeCount& count = broker_.edge_counts_[line];
  if (std::exchange(count.high, high).value_or(high) == high) return;
  const EdgeEvent event{.line = line,
                        .timestamp = broker_.board_.chips().at(line.chip).time(),
                        .line_sequence = ++count.total};
  ++broker_.edge_totals_.seen;
  for (const Lease* lease : broker_.leases_.on_line(line)) {
    if (lease->observes()) tell(*lease, *lease->find(line), event, high, now);
  }
}

Result<std::vector<LineStanding>> Edges::start(const Caller& caller, LeaseId id, Instant now) {
  const LineIo access(broker_);
  const auto levels = access.get_values(caller, id, {});
  if (!levels) return Refused(levels.error());
  const Lease& lease = *broker_.leases_.find(id);
  std::vector<LineStanding> standing;
  for (std::size_t i = 0; i < lease.lines.size(); ++i) {
    const LineId line = lease.lines[i].id;
    const std::uint64_t before = broker_.edge_counts_[line].total;
    read_all(line, now);
    EdgeCount& count = broker_.edge_counts_[line];
    const bool active_low = lease.lines[i].settings.active_low;
    Value value = levels->at(i).value;
    if (count.total != before && count.high) {
      value = *count.high != active_low ? Value::active : Value::inactive;
    }
    count.high = (value == Value::active) != active_low;
    standing.push_back({lease.lines[i].spec, value, count.total});
  }
  broker_.leases_.forget_edges(id);
  return standing;
}

Result<void> Edges::check_received(LeaseId lease, std::uint64_t received) const {
  const std::uint64_t last = broker_.leases_.find(lease)->edges.last_sequence();
  if (received <= last) return {};
  return refuse(Reason::invalid_value, "received",
                "received " + std::to_string(received) +
                    " is not accepted: the number of an edge of this lease, of which the last is " +
                    std::to_string(last) + ", or 0 for none yet");
}

void Edges::lose(LeaseId lease, const std::vector<EdgeEvent>& edges) {
  if (broker_.leases_.find(lease) == nullptr) return;
  for (const EdgeEvent& edge : edges) broker_.leases_.note_undelivered_edge(lease, edge.line);
  broker_.edge_totals_.lost += edges.size();
}

void Edges::time_out(Instant now) {
  for (const auto& [id, lease] : broker_.leases_.all()) {
    if (lease.edge_timeout == Instant{0}) continue;
    for (const LeasedLine& line : lease.lines) {
      if (line.quiet_since + lease.edge_timeout > now) continue;
      enter(id,
            {.line = line.id,
             .kind = EdgeKind::timeout,
             .timestamp = broker_.board_.chips().at(line.id.chip).time(),
             .line_sequence = broker_.edge_counts_[line.id].total},
            now);
    }
  }
}

std::optional<Instant> Edges::next_timeout() const {
  std::optional<Instant> next;
  for (const auto& [id, lease] : broker_.leases_.all()) {
    if (lease.edge_timeout == Instant{0}) continue;
    for (const LeasedLine& line : lease.lines) {
      const Instant at = line.quiet_since + lease.edge_timeout;
      if (!next || at < *next) next = at;
    }
  }
  return next;
}

std::set<LeaseId> Edges::news() {
  return std::exchange(broker_.edge_news_, {});
}

}  // namespace gpiobroker::core
