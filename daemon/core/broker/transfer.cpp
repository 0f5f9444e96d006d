// SPDX-License-Identifier: GPL-2.0-or-later
// Notes an offer with its lease, so that it ends with the lease.
#include "core/broker/transfer.h"

namespace gpiobroker::core {

Result<void> Transfer::offer(const Client& caller, LeaseId id, const ClientName& to) {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  if (auto own = check_not_opened(**lease, "it cannot be handed on"); !own) return own;
  state_.leases.offer(id, to.value.empty() ? std::nullopt : std::optional(to));
  return {};
}

Result<Change> Transfer::accept(const Client& receiver, LeaseId id, Instant now) {
  const Lease* lease = state_.leases.find(id);
  if (lease == nullptr || lease->offered_to != receiver.name) {
    return refuse(Reason::no_such_lease, "lease",
                  "lease " + std::to_string(id.value) + " was not offered to you");
  }
  if (auto right = check_rights(receiver, *lease); !right) return Refused(right.error());
  Change change;
  change.transferred.push_back(
      {.id = id, .from = lease->holder, .to = receiver, .attached = lease->attached});
  state_.leases.attach(id, receiver);
  state_.leases.note_keep_alive(id, now);
  return change;
}

Result<void> Transfer::check_rights(const Client& receiver, const Lease& lease) const {
  for (const LeasedLine& line : lease.lines) {
    auto right = check_.check_rights(receiver, line.id, lease.access, lease.lifetime.kind);
    if (!right) return right;
  }
  if (lease.holder.name == receiver.name) return {};
  const std::size_t edges = lease.holder.uid == receiver.uid ? 0 : lease.buffered_edges();
  return check_quota(state_.policy.quotas(), state_.leases, receiver,
                     {lease.lines.size(), edges, state_.outstanding.kept_by(receiver.uid)});
}

}  // namespace gpiobroker::core
