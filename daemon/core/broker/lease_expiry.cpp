// SPDX-License-Identifier: GPL-2.0-or-later
// Compares the time with the last signs of life.
#include "core/broker/lease_expiry.h"

#include "core/base/text.h"

namespace gpiobroker::core {

Result<LeaseId> LeaseExpiry::find(const Client& caller, const std::string& spec) const {
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

Result<Change> LeaseExpiry::use(const Client& client, LeaseId id, Instant now) {
  const auto lease = lease_for(state_, client, id);
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

Result<void> LeaseExpiry::keep_alive(const Client& caller, LeaseId id, Instant now) {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  state_.leases.note_keep_alive(id, now);
  return {};
}

Change LeaseExpiry::ended(LeaseId id, EndReason reason, Instant now) {
  return end_.end_whole({id}, reason, now);
}

/// Makes up for the time in which the broker itself was away, and read no signs of life. The first
/// time, a heartbeat counts anew from now. Until the holder gives a sign, that happens only once:
/// a broker that is often late would else never find that a holder hangs. After that, only the time
/// that the broker was away is not counted; it may be away several times before it comes to read
/// what waits for it.
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
