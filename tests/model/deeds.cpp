// SPDX-License-Identifier: GPL-2.0-or-later
// What is done, with the core's calls in the order in which bus/ and app/ make them.
#include <algorithm>

#include "model/world.h"

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

core::AcquireRequest request_for(const Act& act) {
  core::AcquireRequest request;
  for (const std::string& spec : specs_of(act.lines)) {
    request.lines.push_back({spec, settings_for(act.access)});
  }
  request.access = act.access;
  request.lifetime = {.kind = act.lifetime, .ttl = kMoreThanAMinute};
  if (act.heartbeat) request.lifetime.heartbeat = kMoreThanAMinute;
  if (act.waits) request.wait = kMoreThanAMinute;
  return request;
}

}  // namespace

bool World::perform(const Act& act) {
  refused_ = false;
  fate_.kill_at(act.killed_at);
  try {
    do_with_broker(act);
    do_to_hardware(act);
    if (life_ && act.deed != Deed::pass_time) serve();
  } catch (const Killed&) {
    life_.reset();
    return false;
  }
  fate_.kill_at(0);
  return true;
}

void World::do_with_broker(const Act& act) {
  const core::Client caller = connection_of(act.client);
  switch (act.deed) {
    case Deed::acquire: return acquire(act);
    case Deed::release_all: return (void)life_->broker.release_held(caller, {}, now_);
    case Deed::release_line:
      return (void)life_->broker.release_held(caller, specs_of(act.lines), now_);
    case Deed::keep_alive:
      return (void)life_->lifetimes.keep_alive(caller, lease_of(act).value(), now_);
    case Deed::use:
      return (void)life_->lifetimes.use(connection_of(act.client), lease_of(act).value(), now_);
    case Deed::offer:
      return (void)life_->transfer.offer(caller, lease_of(act).value(), connection_of(act.to).name);
    case Deed::accept:
      return (void)life_->transfer.accept(connection_of(act.client), lease_of(act).value(), now_);
    case Deed::go: return go(act.client);
    case Deed::revoke:
      return (void)life_->broker.revoke({.uid = 0}, specs_of(act.lines).front(), "model", now_);
    case Deed::pass_time: return pass_time();
    case Deed::kill_broker: return life_.reset();
    case Deed::start_broker: return start_broker();
    case Deed::break_line:
    case Deed::break_answer:
    case Deed::mend_line:
    case Deed::fill_store:
    case Deed::empty_store: return;
  }
}

void World::do_to_hardware(const Act& act) {
  if (act.deed == Deed::fill_store) store_.full = true;
  if (act.deed == Deed::empty_store) store_.full = false;
  if (act.lines == 0) return;
  const core::LineId line = line_of(act);
  if (act.deed == Deed::break_line) {
    broken_.insert(line);
    chip(line).faults().fail_line(Operation::configure, line.offset,
                                  core::Reason::hardware_failure);
  }
  if (act.deed == Deed::break_answer) {
    lied_about_.insert(line);
    chip(line).lie(line.offset, kSaidToBe);
  }
  if (act.deed == Deed::mend_line) {
    broken_.erase(line);
    lied_about_.erase(line);
    chip(line).faults().mend_line(line.offset);
    chip(line).stop_lying(line.offset);
  }
}

void World::acquire(const Act& act) {
  const core::Client holder = connection_of(act.client);
  const core::AcquireRequest request = request_for(act);
  if (act.waits) {
    refused_ = !life_->waiting.acquire(holder, request, now_);
  } else {
    refused_ = !life_->broker.acquire(holder, request, now_);
  }
}

void World::go(unsigned client) {
  const core::ClientName name = connection_of(client).name;
  (void)life_->waiting.leave(name);
  (void)life_->broker.goodbye(name, now_);
  ++connections_.at(client);
}

/// All timers go off that are set: a minute is more than any of the back-off. Nobody serves waiters
/// because others have given up, but who has them give up.
void World::pass_time() {
  now_ += kMinute;
  (void)life_->lifetimes.expire(now_);
  (void)life_->broker.retry_resets(now_);
  serve();
  (void)life_->waiting.expire(now_);
}

void World::start_broker() {
  life_.emplace(chips_, store_, fate_);
  core::SafeStates left;
  for (const auto& [line, state] : store_.written.lines) left.set(line, state);
  (void)life_->broker.startup_sweep().sweep(left, now_);
  (void)life_->broker.parking().set_safe_states(size_.safe_states, now_);
}

/// Nobody may be served before one who came earlier and waits for one of its lines.
void World::serve() {
  const auto served = life_->waiting.serve(now_);
  for (const core::Served& each : served) {
    if (!each.outcome) continue;
    const core::Lease& lease = *life_->broker.leases().find(*each.outcome);
    for (const auto& [id, waiter] : life_->broker.queue().all()) {
      for (const core::LeasedLine& line : lease.lines) {
        if (id < each.waiter && std::ranges::count(waiter.lines, line.id) > 0) {
          out_of_turn_ = spec_of(line.id) + " went to one who came later";
        }
      }
    }
  }
}

void World::send_everybody_home() {
  for (unsigned i = 0; i < size_.lines; ++i) {
    perform({.deed = Deed::mend_line, .lines = static_cast<std::uint8_t>(1U << i)});
  }
  perform({.deed = Deed::empty_store});
  if (!life_) perform({.deed = Deed::start_broker});
  const auto clients = static_cast<std::uint8_t>(size_.clients);
  for (std::uint8_t client = 0; client < clients; ++client) {
    perform({.deed = Deed::release_line, .client = client, .lines = size_.all_lines()});
    perform({.deed = Deed::go, .client = client});
  }
  for (int i = 0; i < 2; ++i) perform({.deed = Deed::pass_time});
  perform({.deed = Deed::acquire, .lines = size_.all_lines()});
  if (!refused_) perform({.deed = Deed::go});
}

}  // namespace gpiobroker::test
