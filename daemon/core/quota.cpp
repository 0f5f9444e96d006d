// SPDX-License-Identifier: GPL-2.0-or-later
// Counts what there is, so that no second count can go wrong.
#include "core/quota.h"

#include <algorithm>

namespace gpiobroker::core {
namespace {

struct Usage {
  std::size_t leases = 0;
  std::size_t lines = 0;
};

/// There are never more leases than the board has lines.
template <class Mine>
Usage usage(const LeaseRegistry& leases, Mine mine) {
  Usage sum;
  for (const auto& [id, lease] : leases.all()) {
    if (!mine(lease.holder)) continue;
    ++sum.leases;
    sum.lines += lease.lines.size();
  }
  return sum;
}

Result<void> check(const std::string& who, const char* what, std::size_t has, std::size_t more,
                   Limit limit) {
  if (!limit || has + more <= *limit) return {};
  return refuse(Reason::quota_exceeded, what,
                who + " has " + std::to_string(has) + " " + what + " and asks for " +
                    std::to_string(more) + " more; its quota is " + std::to_string(*limit) +
                    ": release some, or have the quota raised");
}

Result<void> check(const std::string& who, const Usage& has, std::size_t lines,
                   const Limits& limits) {
  if (auto few = check(who, "leases", has.leases, 1, limits.leases); !few) return few;
  return check(who, "lines", has.lines, lines, limits.lines);
}

}  // namespace

bool Quotas::exempts(std::uint32_t uid) const {
  return std::ranges::find(exempt, uid) != exempt.end();
}

Result<void> check_quota(const Quotas& quotas, const LeaseRegistry& leases, const Holder& holder,
                         std::size_t lines) {
  if (quotas.exempts(holder.uid)) return {};
  const Usage of_user = usage(leases, [&](const Holder& h) { return h.uid == holder.uid; });
  const Usage of_client = usage(leases, [&](const Holder& h) { return h.name == holder.name; });
  const std::string user = "user " + std::to_string(holder.uid);
  if (auto few = check(user, of_user, lines, quotas.user); !few) return few;
  return check("client " + holder.name.value, of_client, lines, quotas.client);
}

}  // namespace gpiobroker::core
