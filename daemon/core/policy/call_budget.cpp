// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps of each bucket the moment at which it is full, which every call makes later.
#include "core/policy/call_budget.h"

#include <algorithm>

namespace gpiobroker::core {
namespace {

constexpr Instant kSecond = std::chrono::seconds(1);

/// The longest time for which one call uses the budget up, however small the quota is.
constexpr Instant kLongestToEarn = 10 * kSecond;

/// When the bucket will be full if so many calls are taken now.
Instant after_calls(std::uint32_t count, Instant full_at, Limit per_second, Instant now) {
  if (!per_second) return now;
  return std::max(full_at, now) + std::min(count * (kSecond / *per_second), kLongestToEarn);
}

bool is_empty(Instant full_at, Instant now) {
  return full_at > now + kSecond;
}

Refused too_many(const std::string& who, Limit per_second) {
  return refuse(Reason::quota_exceeded, "calls-per-second",
                who + " has used up its quota of " + std::to_string(per_second.value_or(0)) +
                    " calls a second, of which GetManagedObjects takes one for each object and a "
                    "large call one for each 4 KiB: call less often, or have it raised");
}

}  // namespace

Result<void> CallBudget::take(const Quotas& quotas, const Client& caller, Instant now,
                              std::uint32_t cost) {
  if (quotas.exempts(caller.uid)) return {};
  Instant& of_client = clients_[caller.name];
  Instant& of_user = users_[caller.uid];
  const Limit per_client = quotas.client.calls_per_second;
  const Limit per_user = quotas.user.calls_per_second;
  if (is_empty(after_calls(1, of_client, per_client, now), now)) {
    return too_many("client " + caller.name.value, per_client);
  }
  if (is_empty(after_calls(1, of_user, per_user, now), now)) {
    return too_many("user " + std::to_string(caller.uid), per_user);
  }
  of_client = after_calls(cost, of_client, per_client, now);
  of_user = after_calls(cost, of_user, per_user, now);
  return {};
}

void CallBudget::forget(const ClientName& client, Instant now) {
  clients_.erase(client);
  std::erase_if(users_, [&](const auto& bucket) { return bucket.second <= now; });
}

}  // namespace gpiobroker::core
