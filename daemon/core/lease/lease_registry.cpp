// SPDX-License-Identifier: GPL-2.0-or-later
// Enters every change in the leases and in both indices.
#include "core/lease/lease_registry.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::core {

void LeaseRegistry::add(Lease lease) {
  const LeaseId id = lease.id;
  for (const LeasedLine& line : lease.lines) by_line_[line.id].insert(id);
  by_holder_[lease.holder.name].insert(id);
  leases_.emplace(id, std::move(lease));
}

const Lease* LeaseRegistry::find(LeaseId id) const {
  const auto lease = leases_.find(id);
  return lease == leases_.end() ? nullptr : &lease->second;
}

const Lease* LeaseRegistry::of_line(LineId line) const {
  for (const Lease* lease : on_line(line)) {
    if (!lease->observes()) return lease;
  }
  return nullptr;
}

std::vector<const Lease*> LeaseRegistry::on_line(LineId line) const {
  std::vector<const Lease*> leases;
  const auto entry = by_line_.find(line);
  if (entry == by_line_.end()) return leases;
  for (const LeaseId id : entry->second) leases.push_back(find(id));
  return leases;
}

std::vector<LeaseId> LeaseRegistry::of_holder(const ClientName& holder) const {
  const auto entry = by_holder_.find(holder);
  if (entry == by_holder_.end()) return {};
  return {entry->second.begin(), entry->second.end()};
}

void LeaseRegistry::note_settings(LeaseId id, LineId line, const LineSettings& settings) {
  leases_.at(id).find(line)->settings = settings;
}

bool LeaseRegistry::push_edge(LeaseId id, const EdgeEvent& edge, Instant now) {
  Lease& lease = leases_.at(id);
  lease.find(edge.line)->quiet_since = now;
  return lease.edges.push(edge);
}

void LeaseRegistry::note_lost_edges(LeaseId id, LineId line, std::uint64_t count) {
  leases_.at(id).edges.note_lost(line, count);
}

void LeaseRegistry::note_undelivered_edge(LeaseId id, LineId line) {
  leases_.at(id).edges.note_undelivered(line);
}

std::vector<EdgeEvent> LeaseRegistry::take_edges(LeaseId id, std::size_t most) {
  return leases_.at(id).edges.take(most);
}

std::vector<EdgeEvent> LeaseRegistry::lend_edges(LeaseId id, std::uint64_t received,
                                                 std::size_t most) {
  return leases_.at(id).edges.lend(received, most);
}

void LeaseRegistry::remove_lines(LeaseId id, const std::vector<LineId>& lines) {
  Lease& lease = leases_.at(id);
  for (const LineId line : lines) {
    const auto of_line = by_line_.find(line);
    of_line->second.erase(id);
    if (of_line->second.empty()) by_line_.erase(of_line);
    const auto leased = std::ranges::find(lease.lines, line, &LeasedLine::id);
    lease.released.push_back(std::move(*leased));
    lease.lines.erase(leased);
  }
  if (lease.lines.empty()) {
    erase(id);
  } else {
    lease.edges.forget(lines);
  }
}

void LeaseRegistry::note_keep_alive(LeaseId id, Instant now) {
  Lease& lease = leases_.at(id);
  lease.kept_alive = now;
  lease.last_use = now;
}

void LeaseRegistry::attach(LeaseId id, const Client& holder) {
  Lease& lease = leases_.at(id);
  forget_holder_of(lease);
  lease.holder = holder;
  lease.attached = true;
  lease.offered_to.reset();
  by_holder_[holder.name].insert(id);
}

void LeaseRegistry::erase(LeaseId id) {
  const auto lease = leases_.find(id);
  forget_holder_of(lease->second);
  leases_.erase(lease);
}

void LeaseRegistry::forget_holder_of(const Lease& lease) {
  const auto of_holder = by_holder_.find(lease.holder.name);
  of_holder->second.erase(lease.id);
  if (of_holder->second.empty()) by_holder_.erase(of_holder);
}

}  // namespace gpiobroker::core
