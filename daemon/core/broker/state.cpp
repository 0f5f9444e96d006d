// SPDX-License-Identifier: GPL-2.0-or-later
// Answers questions that several roles ask of the state.
#include "core/broker/state.h"

#include <utility>

#include "core/base/text.h"

namespace gpiobroker::core {

Result<const Lease*> lease_for(const BrokerState& state, const Client& caller, LeaseId id) {
  const Lease* lease = state.leases.find(id);
  if (lease != nullptr && (belongs_to(*lease, caller) || caller.is_root())) return lease;
  return no_such_lease(id);
}

Refused no_such_lease(LeaseId id) {
  return refuse(Reason::no_such_lease, "lease", "no lease " + std::to_string(id.value));
}

Refused not_in_lease(const Lease& lease, const std::string& spec) {
  return refuse(Reason::not_in_lease, "lines",
                "line " + in_quotes(spec) + " is not in lease " + std::to_string(lease.id.value));
}

Result<void> check_not_opened(const Lease& lease, const std::string& why) {
  if (!lease.opened) return {};
  return refuse(Reason::opened_directly, "lease",
                "lease " + std::to_string(lease.id.value) + " is opened directly: " + why);
}

Result<void> check_edges_are_told(const Lease& lease) {
  return check_not_opened(lease, "its edges come from its descriptors, which its holder reads");
}

bool belongs_to(const Lease& lease, const Client& caller) {
  if (lease.holder.name == caller.name) return true;
  return lease.lifetime.kind != LifetimeKind::connection && lease.holder.uid == caller.uid;
}

Result<std::vector<LineId>> lines_called(const BrokerState& state, const Client& caller,
                                         const std::string& spec) {
  std::vector<LineId> own;
  for (const auto& [id, lease] : state.leases.all()) {
    const LeasedLine* line = belongs_to(lease, caller) ? lease.find_called(spec) : nullptr;
    if (line != nullptr) own.push_back(line->id);
  }
  for (const WaiterId id : state.queue.of_client(caller.name)) {
    if (const auto line = state.queue.all().at(id).line_called(spec)) own.push_back(*line);
  }
  if (!own.empty()) return own;
  const auto line = state.board.directory().find(spec);
  if (!line) return Refused(line.error());
  return std::vector{*line};
}

Result<void> check_rights(const BrokerState& state, const Client& client, LineId line, Verb verb) {
  return check(state.policy, client, state.board.directory().facts_of(line), verb);
}

void adopt_policy(BrokerState& state, Policy policy) {
  state.policy = std::move(policy);
  state.board.set_aliases(state.policy.aliases());
}

}  // namespace gpiobroker::core
