// SPDX-License-Identifier: GPL-2.0-or-later
// Serves requests in the order in which they came, each on its own.
#include "core/broker/waiting.h"

#include <algorithm>
#include <iterator>

namespace gpiobroker::core {
namespace {

/// Whether a refusal may be over after some time, so that it makes sense to wait.
bool may_pass(Reason reason) {
  return reason == Reason::busy || reason == Reason::quarantined;
}

Refused too_many_wait(const std::string& who, std::size_t count) {
  return refuse(Reason::quota_exceeded, "wait-ms",
                who + " already with " + std::to_string(count) +
                    " requests, which is as many as are accepted");
}

}  // namespace

std::optional<WaiterId> Waiting::give_up_earlier(const ClientName& client,
                                                 const AcquireRequest& request) {
  if (state_.queue.all().empty() || request.access == Access::observe) return std::nullopt;
  const auto lines = lines_of(request);
  if (!lines) return std::nullopt;
  const auto earlier = state_.queue.find(client, *lines);
  if (earlier) state_.queue.remove(*earlier);
  return earlier;
}

Result<Waiting::Outcome> Waiting::acquire(const Client& holder, const AcquireRequest& request,
                                          Instant now, std::optional<WaiterId> place) {
  const auto lease = granting_.acquire(holder, request, now);
  if (lease) return *lease;
  if (request.wait == Instant{0} || !may_pass(lease.error().reason)) {
    return Refused(lease.error());
  }
  auto lines = lines_of(request);
  if (!lines) return Refused(lines.error());
  if (auto few = check_count(holder); !few) return Refused(few.error());
  return state_.queue.add({.holder = holder,
                           .request = request,
                           .lines = std::move(*lines),
                           .deadline = now + request.wait},
                          place);
}

Result<std::vector<LineId>> Waiting::lines_of(const AcquireRequest& request) const {
  return state_.board.directory().find_all(core::lines_of<std::string>(request.lines));
}

Result<void> Waiting::check_count(const Client& holder) const {
  const AcquireQueue& queue = state_.queue;
  if (queue.of_client(holder.name).size() >= kMostOfClient) {
    return too_many_wait("this client waits", kMostOfClient);
  }
  const bool exempt = state_.policy.quotas().exempts(holder.uid);
  if (!exempt && queue.count_of_user(holder.uid) >= kMostOfUser) {
    return too_many_wait("user " + std::to_string(holder.uid) + " waits", kMostOfUser);
  }
  const std::size_t most = exempt ? kMostOfAll : kMostOfAll - kKeptForTheExempt;
  if (queue.all().size() >= most) return too_many_wait("all users wait", most);
  return {};
}

std::vector<Served> Waiting::serve(Instant now) {
  std::vector<WaiterId> ids;
  for (const auto& [id, waiter] : state_.queue.all()) ids.push_back(id);
  std::vector<Served> served;
  for (const WaiterId id : ids) {
    if (!state_.queue.has_its_turn(id)) continue;
    auto outcome = try_to_serve(id, now);
    if (!outcome) continue;
    state_.queue.remove(id);
    served.push_back({id, std::move(*outcome)});
  }
  return served;
}

/// Grants or refuses a request whose turn it is; nothing if it has to wait on.
std::optional<Result<LeaseId>> Waiting::try_to_serve(WaiterId id, Instant now) {
  const Waiter& waiter = state_.queue.all().at(id);
  auto lease = granting_.acquire_in_turn(waiter.holder, waiter.request, now);
  if (!lease && may_pass(lease.error().reason)) return std::nullopt;
  return lease;
}

std::vector<Served> Waiting::expire(Instant now) {
  std::vector<Served> served;
  for (const auto& [id, waiter] : state_.queue.all()) {
    if (waiter.deadline > now) continue;
    served.push_back({id, refuse(Reason::busy, "wait-ms",
                                 check_.why_busy(waiter.holder, waiter.request, waiter.lines))});
  }
  for (const Served& each : served) state_.queue.remove(each.waiter);
  std::ranges::move(serve(now), std::back_inserter(served));
  return served;
}

std::optional<Instant> Waiting::next_deadline() const {
  return state_.queue.next_deadline();
}

std::vector<WaiterId> Waiting::withdraw(const ClientName& client,
                                        const std::vector<std::string>& specs) {
  if (specs.empty()) return leave(client);
  std::vector<WaiterId> ids;
  for (const WaiterId id : state_.queue.of_client(client)) {
    const Waiter& waiter = state_.queue.all().at(id);
    const bool wants = std::ranges::any_of(
        specs, [&](const std::string& spec) { return is_waited_for(waiter, spec); });
    if (wants) ids.push_back(id);
  }
  for (const WaiterId id : ids) state_.queue.remove(id);
  return ids;
}

bool Waiting::is_waited_for(const Waiter& waiter, const std::string& spec) const {
  if (waiter.line_called(spec)) return true;
  const auto line = state_.board.directory().find(spec);
  return line && std::ranges::find(waiter.lines, *line) != waiter.lines.end();
}

std::vector<WaiterId> Waiting::leave(const ClientName& client) {
  std::vector<WaiterId> ids = state_.queue.of_client(client);
  for (const WaiterId id : ids) state_.queue.remove(id);
  return ids;
}

}  // namespace gpiobroker::core
