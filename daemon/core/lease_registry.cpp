// SPDX-License-Identifier: GPL-2.0-or-later
// Every change goes to the leases and to both indices.
#include "core/lease_registry.h"

#include <algorithm>

namespace gpiobroker::core {

void LeaseRegistry::add(Lease lease) {
  const LeaseId id = lease.id;
  for (const LeasedLine& line : lease.lines) by_line_.emplace(line.id, id);
  by_holder_[lease.holder.name].insert(id);
  leases_.emplace(id, std::move(lease));
}

const Lease* LeaseRegistry::find(LeaseId id) const {
  const auto lease = leases_.find(id);
  return lease == leases_.end() ? nullptr : &lease->second;
}

const Lease* LeaseRegistry::of_line(LineId line) const {
  const auto entry = by_line_.find(line);
  return entry == by_line_.end() ? nullptr : find(entry->second);
}

std::vector<LeaseId> LeaseRegistry::of_holder(const ClientName& holder) const {
  const auto entry = by_holder_.find(holder);
  if (entry == by_holder_.end()) return {};
  return {entry->second.begin(), entry->second.end()};
}

void LeaseRegistry::note_settings(LineId line, const LineSettings& settings) {
  Lease& lease = leases_.at(by_line_.at(line));
  std::ranges::find(lease.lines, line, &LeasedLine::id)->settings = settings;
}

void LeaseRegistry::part(LeaseId id, const std::vector<LineId>& lines) {
  Lease& lease = leases_.at(id);
  for (const LineId line : lines) {
    by_line_.erase(line);
    std::erase_if(lease.lines, [line](const LeasedLine& each) { return each.id == line; });
    lease.parted.push_back(line);
  }
  if (lease.lines.empty()) erase(id);
}

void LeaseRegistry::note_keep_alive(LeaseId id, Instant now) {
  Lease& lease = leases_.at(id);
  lease.kept_alive = now;
  lease.last_use = now;
}

void LeaseRegistry::attach(LeaseId id, const Holder& holder) {
  Lease& lease = leases_.at(id);
  forget_holder_of(lease);
  lease.holder = holder;
  lease.attached = true;
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
