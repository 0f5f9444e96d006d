// SPDX-License-Identifier: GPL-2.0-or-later
// A bucket holds one second's calls; a call moves the moment at which it is full.
#include "core/call_budget.h"

#include <algorithm>

namespace gpiobroker::core {
namespace {

constexpr Instant kSecond = std::chrono::seconds(1);

/// When the bucket will be full if one call is taken now.
Instant after_a_call(Instant full_at, Limit per_second, Instant now) {
  if (!per_second) return now;
  return std::max(full_at, now) + kSecond / *per_second;
}

bool is_empty(Instant full_at, Instant now) {
  return full_at > now + kSecond;
}

Refused too_many(const std::string& who, Limit per_second) {
  return refuse(Reason::quota_exceeded, "calls-per-second",
                who + " makes more than " + std::to_string(per_second.value_or(0)) +
                    " calls a second, which is its quota: call less often, or have it raised");
}

}  // namespace

Result<void> CallBudget::take(const Quotas& quotas, const Holder& caller, Instant now) {
  if (quotas.exempts(caller.uid)) return {};
  Instant& of_client = clients_[caller.name];
  Instant& of_user = users_[caller.uid];
  const Instant client = after_a_call(of_client, quotas.client.calls_per_second, now);
  const Instant user = after_a_call(of_user, quotas.user.calls_per_second, now);
  if (is_empty(client, now)) {
    return too_many("client " + caller.name.value, quotas.client.calls_per_second);
  }
  if (is_empty(user, now)) {
    return too_many("user " + std::to_string(caller.uid), quotas.user.calls_per_second);
  }
  of_client = client;
  of_user = user;
  return {};
}

void CallBudget::forget(const ClientName& client, Instant now) {
  clients_.erase(client);
  std::erase_if(users_, [&](const auto& bucket) { return bucket.second <= now; });
}

}  // namespace gpiobroker::core
