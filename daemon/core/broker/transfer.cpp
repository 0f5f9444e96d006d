// SPDX-License-Identifier: GPL-2.0-or-later
// The offer is noted with the lease, and goes with it.
#include "core/broker/transfer.h"

#include "core/broker/acquire_check.h"

namespace gpiobroker::core {

Result<void> Transfer::offer(const Caller& caller, LeaseId id, const ClientName& to) {
  const auto lease = broker_.lease_for(caller, id);
  if (!lease) return Refused(lease.error());
  broker_.leases_.offer(id, to.value.empty() ? std::nullopt : std::optional(to));
  return {};
}

Result<Transferred> Transfer::accept(const Holder& receiver, LeaseId id, Instant now) {
  const Lease* lease = broker_.leases_.find(id);
  if (lease == nullptr || lease->offered_to != receiver.name) {
    return refuse(Reason::no_such_lease, "lease",
                  "lease " + std::to_string(id.value) + " was not offered to you");
  }
  if (auto right = check_rights(receiver, *lease); !right) return Refused(right.error());
  Transferred done{.id = id, .from = lease->holder, .attached = lease->attached};
  broker_.leases_.attach(id, receiver);
  broker_.leases_.note_keep_alive(id, now);
  return done;
}

Result<void> Transfer::check_rights(const Holder& receiver, const Lease& lease) const {
  const AcquireCheck admission(broker_);
  for (const LeasedLine& line : lease.lines) {
    auto right =
        admission.check_rights(subject_of(receiver), line.id, lease.access, lease.lifetime.kind);
    if (!right) return right;
  }
  if (lease.holder.name == receiver.name) return {};
  const std::size_t edges = lease.holder.uid == receiver.uid ? 0 : lease.buffered_edges();
  return check_quota(broker_.policy_.quotas(), broker_.leases_, receiver, lease.lines.size(),
                     edges);
}

}  // namespace gpiobroker::core
