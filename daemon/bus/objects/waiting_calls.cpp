// SPDX-License-Identifier: GPL-2.0-or-later
// The core says whose turn it is.
#include "bus/objects/waiting_calls.h"

#include <utility>

namespace gpiobroker::bus {

WaitingCalls::WaitingCalls(loop::EventLoop& loop, core::Broker& broker, Granted granted)
    : loop_(loop),
      waiting_(broker.waiting()),
      granted_(std::move(granted)),
      deadline_(loop, [this] { expire(); }) {}

void WaitingCalls::acquire(const core::Client& holder, const LeaseRequest& request, Answer answer) {
  const auto earlier = waiting_.give_up_earlier(holder.name, request.request);
  if (earlier) give_up(*earlier, "a later request of yours for the same lines has its place");
  auto lifeline = open_lifeline(request.lifeline, holder);
  if (!lifeline) return answer(core::Refused(lifeline.error()));
  const auto outcome = waiting_.acquire(holder, request.request, loop_.now(), earlier);
  if (!outcome) return answer(core::Refused(outcome.error()));
  Call call{.answer = std::move(answer), .lifeline = std::move(*lifeline)};
  if (const auto* lease = std::get_if<core::LeaseId>(&*outcome)) return grant(call, *lease);
  calls_.emplace(std::get<core::WaiterId>(*outcome), std::move(call));
  set_timer();
}

void WaitingCalls::serve() {
  if (!calls_.empty()) finish(waiting_.serve(loop_.now()));
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

void WaitingCalls::leave(const core::ClientName& client) {
  if (calls_.empty()) return;
  for (const core::WaiterId id : waiting_.leave(client)) calls_.erase(id);
}

void WaitingCalls::finish(std::vector<core::Served> served) {
  for (core::Served& each : served) {
    auto call = calls_.extract(each.waiter);
    if (each.outcome) {
      grant(call.mapped(), *each.outcome);
    } else {
      call.mapped().answer(each.outcome);
    }
  }
}

void WaitingCalls::grant(Call& call, core::LeaseId lease) {
  granted_(lease, std::move(call.lifeline));
  call.answer(lease);
}

void WaitingCalls::expire() {
  finish(waiting_.expire(loop_.now()));
  set_timer();
}

void WaitingCalls::set_timer() {
  if (const auto next = waiting_.next_deadline()) deadline_.set(*next);
}

}  // namespace gpiobroker::bus
