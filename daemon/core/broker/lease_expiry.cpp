// SPDX-License-Identifier: GPL-2.0-or-later
// Signs of life, and the lack of them.
#include "core/broker/lease_expiry.h"

#include "core/base/text.h"

namespace gpiobroker::core {

Result<LeaseId> LeaseExpiry::find(const Caller& caller, const std::string& spec) const {
  const auto lines = lines_called(state_, caller, spec);
  if (!lines) return Refused(lines.error());
  for (const LineId line : *lines) {
    for (const Lease* lease : state_.leases.on_line(line)) {
      if (lease_for(state_, caller, lease->id)) return lease->id;
    }
  }
  return refuse(Reason::no_such_lease, "line",
                "line " + in_quotes(spec) + " is in no lease of yours");
}

Result<Change> LeaseExpiry::use(const Holder& client, LeaseId id, Instant now) {
  const auto lease = lease_for(state_, caller_of(client), id);
  if (!lease) return Refused(lease.error());
  const bool takes_over = !(*lease)->attached && (*lease)->holder.uid == client.uid;
  Change change;
  if (takes_over) {
    state_.leases.attach(id, client);
    change.taken_over.push_back(id);
  }
  state_.leases.note_use(id, now);
  return change;
}

Result<void> LeaseExpiry::keep_alive(const Caller& caller, LeaseId id, Instant now) {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  state_.leases.note_keep_alive(id, now);
  return {};
}

Change LeaseExpiry::ended(LeaseId id, EndReason reason, Instant now) {
  return end_.end_whole({id}, reason, now);
}

/// Whose next sign of life is awaited since before the broker was away has its whole time again,
/// once: whoever were forgiven so again and again would never be found to hang by a broker that is
/// often late. After that only the time that the broker was away does not count, which it may be
/// several times before it comes to read what waits for it.
void LeaseExpiry::forgive_silence(Instant now, Instant late) {
  std::map<LeaseId, Instant> silent;
  for (const auto& [id, lease] : state_.leases.all()) {
    if (!tells_of_absence(lease, late)) continue;
    silent[id] = lease.forgiven <= lease.last_use ? now : lease.forgiven + late;
  }
  for (const auto& [id, since] : silent) state_.leases.forgive_silence(id, since);
}

Change LeaseExpiry::expire(Instant now, Instant due) {
  forgive_silence(now, now - due);
  std::vector<Leaving> over;
  for (const auto& [id, lease] : state_.leases.all()) {
    const auto expiry = expiry_of(lease);
    if (expiry && expiry->at <= now) over.push_back({id, lease.line_ids(), expiry->reason});
  }
  return end_.end(over, now);
}

std::optional<Instant> LeaseExpiry::next_look(Instant now) const {
  std::optional<Instant> next;
  for (const auto& [id, lease] : state_.leases.all()) {
    const auto at = next_look_at(lease, now);
    if (at && (!next || *at < *next)) next = at;
  }
  return next;
}

std::optional<Instant> LeaseExpiry::next_expiry() const {
  std::optional<Instant> next;
  for (const auto& [id, lease] : state_.leases.all()) {
    const auto expiry = expiry_of(lease);
    if (expiry && (!next || expiry->at < *next)) next = expiry->at;
  }
  return next;
}

}  // namespace gpiobroker::core
