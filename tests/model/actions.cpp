// SPDX-License-Identifier: GPL-2.0-or-later
// What is done, by the calls of the core that bus/ and app/ make.
#include <algorithm>

#include "model/world.h"
#include "support/pass_time.h"

namespace gpiobroker::test {
namespace {

constexpr core::Instant kMoreThanAMinute = std::chrono::seconds(90);
constexpr core::LineSettings kHigh{.direction = core::Direction::output,
                                   .bias = core::Bias::pull_up,
                                   .value = core::Value::active};
constexpr core::LineSettings kBothEdges{.direction = core::Direction::input,
                                        .edge = core::Edge::both};
constexpr core::LineSettings kOwnEdges{.edge = core::Edge::rising};
constexpr core::LineSettings kSaidToBe{.direction = core::Direction::input,
                                       .bias = core::Bias::pull_up};

core::LineSettings settings_for(core::Access access) {
  switch (access) {
    case core::Access::exclusive: return kHigh;
    case core::Access::shared: return kBothEdges;
    case core::Access::observe: return kOwnEdges;
  }
  return {};
}

std::string spec_of(core::LineId line) {
  return "gpiochip" + std::to_string(line.chip.value) + ":" + std::to_string(line.offset.value);
}

std::vector<std::string> specs_of(unsigned lines) {
  std::vector<std::string> specs;
  for (std::size_t i = 0; i < kModelLines.size(); ++i) {
    if ((lines >> i & 1U) != 0) specs.push_back(spec_of(kModelLines.at(i)));
  }
  return specs;
}

core::AcquireRequest request_for(const Step& step) {
  core::AcquireRequest request;
  for (const std::string& spec : specs_of(step.lines)) {
    request.lines.push_back({spec, settings_for(step.access)});
  }
  request.access = step.access;
  request.direct = step.direct;
  request.lifetime = {.kind = step.lifetime, .ttl = kMoreThanAMinute};
  if (step.heartbeat) request.lifetime.heartbeat = kMoreThanAMinute;
  if (step.waits) request.wait = kMoreThanAMinute;
  return request;
}

}  // namespace

bool World::perform(const Step& step) {
  refused_ = false;
  crash_point_.crash_at(step.crash_at);
  try {
    do_with_broker(step);
    do_with_duplicates(step);
    do_to_hardware(step);
    follow_up();
  } catch (const Killed&) {
    under_test_.reset();
    return false;
  }
  crash_point_.crash_at(0);
  return true;
}

void World::do_with_broker(const Step& step) {
  const core::Client caller = connection_of(step.client);
  switch (step.action) {
    case Action::acquire: return acquire(step);
    case Action::release_all: return settle(under_test_->broker.release_held(caller, {}, now_));
    case Action::release_line:
      return settle(under_test_->broker.release_held(caller, specs_of(step.lines), now_));
    case Action::keep_alive:
      return (void)under_test_->lifetimes.keep_alive(caller, lease_of(step).value(), now_);
    case Action::use:
      return settle(
          under_test_->lifetimes.use(connection_of(step.client), lease_of(step).value(), now_));
    case Action::offer:
      return (void)under_test_->transfer.offer(caller, lease_of(step).value(),
                                               connection_of(step.to).name);
    case Action::accept:
      return settle(
          under_test_->transfer.accept(connection_of(step.client), lease_of(step).value(), now_));
    case Action::go: return go(step.client);
    case Action::revoke:
      return settle(
          under_test_->broker.revoke({.uid = 0}, specs_of(step.lines).front(), "model", now_));
    case Action::hear: return hear();
    case Action::pass_time: return pass_time();
    case Action::kill_broker: return under_test_.reset();
    case Action::start_broker: return start_broker();
    case Action::open:
    case Action::drive:
    case Action::leave_child:
    case Action::close_direct:
    case Action::die:
    case Action::child_drives:
    case Action::child_ends:
    case Action::break_line:
    case Action::break_answer:
    case Action::mend_line:
    case Action::fill_store:
    case Action::empty_store: return;
  }
}

void World::do_to_hardware(const Step& step) {
  if (step.action == Action::fill_store) store_.full = true;
  if (step.action == Action::empty_store) store_.full = false;
  if (step.lines == 0) return;
  const core::LineId line = line_of(step);
  if (step.action == Action::break_line) {
    broken_.insert(line);
    chip(line).faults().fail_line(Operation::configure, line.offset,
                                  core::Reason::hardware_failure);
  }
  if (step.action == Action::break_answer) {
    lied_about_.insert(line);
    chip(line).lie(line.offset, kSaidToBe);
  }
  if (step.action == Action::mend_line) {
    broken_.erase(line);
    lied_about_.erase(line);
    chip(line).faults().mend_line(line.offset);
    chip(line).stop_lying(line.offset);
  }
}

void World::acquire(const Step& step) {
  const core::Client holder = connection_of(step.client);
  const core::AcquireRequest request = request_for(step);
  const auto place = under_test_->waiting.give_up_earlier(holder.name, request);
  refused_ = !under_test_->waiting.acquire(holder, request, now_, place);
  settle(core::Change{});
}

void World::settle(core::Result<core::Change> change) {
  if (change) under_test_->turn.settle(std::move(*change), now_);
}

void World::follow_up() {
  if (!under_test_) return;
  test::follow_up(under_test_->turn, now_);
  while (!size_.hears_late && unheard() > 0) hear();
}

void World::hear() {
  for (unsigned number = 0; number < chips_.size(); ++number) {
    under_test_->turn.news_ready({number});
  }
  test::follow_up(under_test_->turn, now_);
}

void World::pass_time() {
  test::pass_time(under_test_->turn, now_, now_ + kMinute);
}

void World::start_broker() {
  under_test_.emplace(chips_, store_, crash_point_, *this);
  core::SafeStates left;
  for (const auto& [line, state] : store_.written.lines) left.set(line, state);
  (void)under_test_->broker.startup_sweep().sweep(left, now_);
  settle(under_test_->broker.parking().set_safe_states(size_.safe_states, now_));
}

void World::served(const core::Served& waiter) {
  if (!waiter.outcome) return;
  const core::Lease& lease = *under_test_->broker.leases().find(*waiter.outcome);
  for (const auto& [id, other] : under_test_->broker.queue().all()) {
    for (const core::LeasedLine& line : lease.lines) {
      if (id < waiter.waiter && std::ranges::count(other.lines, line.id) > 0) {
        out_of_turn_ = spec_of(line.id) + " went to one who came later";
      }
    }
  }
}

void World::send_everybody_home() {
  for (unsigned i = 0; i < size_.lines; ++i) {
    perform({.action = Action::mend_line, .lines = static_cast<std::uint8_t>(1U << i)});
  }
  perform({.action = Action::empty_store});
  if (!under_test_) perform({.action = Action::start_broker});
  perform({.action = Action::child_ends});
  const auto clients = static_cast<std::uint8_t>(size_.clients);
  for (std::uint8_t client = 0; client < clients; ++client) {
    perform({.action = Action::release_line, .client = client, .lines = size_.all_lines()});
    perform({.action = Action::die, .client = client});
  }
  for (int i = 0; i < 2; ++i) {
    perform({.action = Action::hear});
    perform({.action = Action::pass_time});
  }
  perform({.action = Action::acquire, .lines = size_.all_lines()});
  if (!refused_) perform({.action = Action::go});
}

}  // namespace gpiobroker::test
