// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps the calls; the core decides whose turn it is.
#include "bus/objects/waiting_calls.h"

#include <utility>

namespace gpiobroker::bus {

void WaitingCalls::acquire(const core::Client& holder, const LeaseRequest& request, Answer answer) {
  const auto earlier = waiting_.give_up_earlier(holder.name, request.request);
  if (earlier) give_up(*earlier, "a later request of yours for the same lines has its place");
  auto lifeline = open_lifeline(request.lifeline, holder);
  if (!lifeline) return answer(core::Refused(lifeline.error()));
  const auto outcome = waiting_.acquire(holder, request.request, turn_.now(), earlier);
  if (!outcome) return answer(core::Refused(outcome.error()));
  Call call{.client = holder.name, .answer = std::move(answer), .lifeline = std::move(*lifeline)};
  if (const auto* lease = std::get_if<core::LeaseId>(&*outcome)) return grant(call, *lease);
  calls_.emplace(std::get<core::WaiterId>(*outcome), std::move(call));
}

void WaitingCalls::withdraw(const core::ClientName& client, const std::vector<std::string>& lines) {
  for (const core::WaiterId id : waiting_.withdraw(client, lines)) {
    give_up(id, "you have released what this waited for");
  }
}

void WaitingCalls::give_up(core::WaiterId id, const char* why) {
  if (const auto call = calls_.extract(id)) {
    call.mapped().answer(core::refuse(core::Reason::busy, "lines", why));
  }
}

void WaitingCalls::client_gone(const core::ClientName& client) {
  std::erase_if(calls_, [&](const auto& entry) { return entry.second.client == client; });
}

void WaitingCalls::served(const core::Served& waiter) {
  auto call = calls_.extract(waiter.waiter);
  if (!call) return;
  if (waiter.outcome) {
    grant(call.mapped(), *waiter.outcome);
  } else {
    call.mapped().answer(waiter.outcome);
  }
}

void WaitingCalls::grant(Call& call, core::LeaseId lease) {
  if (call.lifeline) turn_.watch(lease, std::move(*call.lifeline));
  call.answer(lease);
}

}  // namespace gpiobroker::bus
