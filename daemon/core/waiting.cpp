// SPDX-License-Identifier: GPL-2.0-or-later
// In the order of arrival, each on its own.
#include "core/waiting.h"

#include <algorithm>
#include <iterator>

#include "core/admission.h"

namespace gpiobroker::core {
namespace {

constexpr std::size_t kMostWaiters = 32;  // of one client at a time

/// What time can mend.
bool may_pass(Reason reason) {
  return reason == Reason::busy || reason == Reason::quarantined;
}

Refused too_many_waiters() {
  return refuse(Reason::quota_exceeded, "wait-ms",
                "this client waits with " + std::to_string(kMostWaiters) +
                    " requests already, which is as many as are accepted");
}

}  // namespace

Result<Waiting::Outcome> Waiting::acquire(const Holder& holder, const AcquireRequest& request,
                                          Instant now) {
  const auto lease = broker_.acquire(holder, request, now);
  if (lease) return *lease;
  if (request.wait == Instant{0} || !may_pass(lease.error().reason)) {
    return Refused(lease.error());
  }
  if (broker_.queue_.of_client(holder.name).size() >= kMostWaiters) return too_many_waiters();
  std::vector<std::string> specs;
  for (const LineWish& wish : request.lines) specs.push_back(wish.spec);
  auto lines = broker_.board_.directory().find_all(specs);
  if (!lines) return Refused(lines.error());
  return broker_.queue_.add({.holder = holder,
                             .request = request,
                             .lines = std::move(*lines),
                             .deadline = now + request.wait});
}

std::vector<Served> Waiting::serve(Instant now) {
  std::vector<WaiterId> ids;
  for (const auto& [id, waiter] : broker_.queue_.all()) ids.push_back(id);
  std::vector<Served> served;
  for (const WaiterId id : ids) {
    if (!broker_.queue_.has_its_turn(id)) continue;
    auto outcome = try_to_serve(id, now);
    if (!outcome) continue;
    broker_.queue_.remove(id);
    served.push_back({id, std::move(*outcome)});
  }
  return served;
}

/// Nothing if it has to wait on.
std::optional<Result<LeaseId>> Waiting::try_to_serve(WaiterId id, Instant now) {
  const Waiter& waiter = broker_.queue_.all().at(id);
  auto lease = broker_.acquire_in_turn(waiter.holder, waiter.request, now);
  if (!lease && may_pass(lease.error().reason)) return std::nullopt;
  return lease;
}

std::vector<Served> Waiting::expire(Instant now) {
  std::vector<Served> served;
  for (const auto& [id, waiter] : broker_.queue_.all()) {
    if (waiter.deadline > now) continue;
    served.push_back({id, refuse(Reason::busy, "wait-ms",
                                 Admission(broker_).why_busy(waiter.request, waiter.lines))});
  }
  for (const Served& each : served) broker_.queue_.remove(each.waiter);
  std::ranges::move(serve(now), std::back_inserter(served));
  return served;
}

std::optional<Instant> Waiting::next_deadline() const {
  return broker_.queue_.next_deadline();
}

std::vector<WaiterId> Waiting::leave(const ClientName& client) {
  std::vector<WaiterId> ids = broker_.queue_.of_client(client);
  for (const WaiterId id : ids) broker_.queue_.remove(id);
  return ids;
}

}  // namespace gpiobroker::core
