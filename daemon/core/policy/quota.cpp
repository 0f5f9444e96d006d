// SPDX-License-Identifier: GPL-2.0-or-later
// Counts the leases that there are at each question: a count that is kept could go wrong.
#include "core/policy/quota.h"

#include <algorithm>

namespace gpiobroker::core {
namespace {

struct Usage {
  std::size_t leases = 0;
  std::size_t lines = 0;
  std::size_t edges = 0;
};

/// Counts in all leases, which are never many: a board has few lines.
template <class Mine>
Usage usage(const LeaseRegistry& leases, Mine mine) {
  Usage sum;
  for (const auto& [id, lease] : leases.all()) {
    if (!mine(lease.holder)) continue;
    ++sum.leases;
    sum.lines += lease.lines.size();
    sum.edges += lease.buffered_edges();
  }
  return sum;
}

struct Addition {
  const char* of;
  std::size_t has;
  std::size_t more;
};

Result<void> check(const std::string& who, const Addition& wanted, Limit limit) {
  const auto [what, has, more] = wanted;
  if (!limit || has + more <= *limit) return {};
  return refuse(Reason::quota_exceeded, what,
                who + " has " + std::to_string(has) + " " + what + " and asks for " +
                    std::to_string(more) + " more; its quota is " + std::to_string(*limit) +
                    ": release some, or have the quota raised");
}

Result<void> check(const std::string& who, const Usage& has, std::size_t lines,
                   const Limits& limits) {
  if (auto few = check(who, {"leases", has.leases, 1}, limits.leases); !few) return few;
  return check(who, {"lines", has.lines, lines}, limits.lines);
}

/// Whether buffers that have room for so many edges may have so many more.
Result<void> check_edges(const std::string& whose, std::size_t has, std::size_t more,
                         std::size_t limit) {
  const std::size_t room = limit - std::min(has, limit);
  if (more <= room) return {};
  return refuse(Reason::quota_exceeded, "event-buffer-size",
                "event-buffer-size " + std::to_string(more) + " is not accepted: the buffers of " +
                    whose + " have room for " + std::to_string(has) + " edges already, of " +
                    std::to_string(limit) + ": " +
                    (room > 0 ? "at most " + std::to_string(room) : "release some first"));
}

struct Mine {
  Usage user;
  Usage client;
};

Mine usage_of(const LeaseRegistry& leases, const Client& holder) {
  return {.user = usage(leases, [&](const Client& h) { return h.uid == holder.uid; }),
          .client = usage(leases, [&](const Client& h) { return h.name == holder.name; })};
}

std::string user(const Client& holder) {
  return "user " + std::to_string(holder.uid);
}

std::string client(const Client& holder) {
  return "client " + holder.name.value;
}

}  // namespace

bool Quotas::exempts(std::uint32_t uid) const {
  return std::ranges::find(exempt, uid) != exempt.end();
}

Result<void> check_quota(const Quotas& quotas, const LeaseRegistry& leases, const Client& holder,
                         const Demand& demand) {
  if (!quotas.exempts(holder.uid)) {
    Mine mine = usage_of(leases, holder);
    mine.user.leases += demand.kept_already.requests;
    mine.user.lines += demand.kept_already.lines;
    if (auto few = check(user(holder), mine.user, demand.lines, quotas.user); !few) return few;
    if (auto few = check(client(holder), mine.client, demand.lines, quotas.client); !few)
      return few;
  }
  return check_edges(quotas, leases, holder, demand.edges);
}

Result<void> check_edges(const Quotas& quotas, const LeaseRegistry& leases, const Client& holder,
                         std::size_t edges) {
  if (edges == 0) return {};
  const std::size_t of_all = usage(leases, [](const Client&) { return true; }).edges;
  const bool exempt = quotas.exempts(holder.uid);
  const std::size_t most = exempt ? kMostEdges : kMostEdges - kEdgesKeptForTheExempt;
  if (auto few = check_edges("all leases", of_all, edges, most); !few || exempt) return few;
  const Mine mine = usage_of(leases, holder);
  const std::size_t of_user = quotas.user.edges.value_or(most);
  if (auto few = check_edges(user(holder), mine.user.edges, edges, of_user); !few) return few;
  const std::size_t of_client = quotas.client.edges.value_or(most);
  return check_edges(client(holder), mine.client.edges, edges, of_client);
}

}  // namespace gpiobroker::core
