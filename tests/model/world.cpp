// SPDX-License-Identifier: GPL-2.0-or-later
// What is there, and what can be done.
#include "model/world.h"

#include <algorithm>

#include "model/crashing_chip.h"

namespace gpiobroker::test {
namespace {

constexpr std::uint32_t kFirstUser = 1000;
constexpr std::uint32_t kLinesOfChip = 2;
constexpr std::size_t kMostUnheard = 3;  // sooner or later the broker hears

FakeChip chip_number(unsigned number) {
  return FakeChip({.name = "gpiochip" + std::to_string(number),
                   .label = "model",
                   .path = "",
                   .line_count = kLinesOfChip});
}

core::Policy everybody_may_do_everything() {
  const core::Rule rule{
      .name = "everybody",
      .users = {},
      .groups = {},
      .units = {},
      .lines = {},
      .verbs = {core::Verb::lease, core::Verb::share, core::Verb::persist, core::Verb::direct},
      .allow = true};
  return core::Policy({.rules = {rule}, .lines = {}, .aliases = {}, .quotas = {}, .defaults = {}});
}

}  // namespace

BrokerUnderTest::BrokerUnderTest(const std::array<FakeChip, 2>& chips, Store& store,
                                 CrashPoint& crash_point, turn::Listener& listener)
    : broker(board, store, store.written) {
  for (const FakeChip& chip : chips) {
    board.attach(std::make_unique<CrashingChip>(chip.attachable(), crash_point));
  }
  broker.set_policy(everybody_may_do_everything());
  turn.add(listener);
}

World::World(const Size& size)
    : size_(size), chips_{chip_number(0), chip_number(1)}, connections_(size.clients) {
  start_broker();
}

core::Client World::connection_of(unsigned client) const {
  core::Client holder;
  holder.name = {":" + std::to_string(client) + "." + std::to_string(connections_.at(client))};
  holder.uid = kFirstUser + client;
  holder.command = "model";
  return holder;
}

unsigned World::client_of(const core::Client& holder) {
  return holder.uid - kFirstUser;
}

/// One who has nothing does as well as another one who has nothing: the first of them does it.
bool World::allows(const Step& step) const {
  const bool alive = under_test_.has_value();
  if (step.action == Action::hear) return alive && unheard() > 0;
  if (unheard() >= kMostUnheard) return false;
  switch (step.action) {
    case Action::acquire: return alive && allows_acquire(step);
    case Action::release_all:
    case Action::go: return alive && has_anything(step.client);
    case Action::release_line:
    case Action::keep_alive:
    case Action::use:
    case Action::offer: return alive && allows_use(step);
    case Action::accept: return alive && allows_acquire(step) && lease_of(step).has_value();
    case Action::open:
    case Action::drive:
    case Action::leave_child:
    case Action::close_direct:
    case Action::die:
    case Action::child_drives:
    case Action::child_ends: return allows_with_duplicate(step);
    case Action::revoke: return alive && lease_of(step).has_value();
    case Action::hear:
    case Action::pass_time:
    case Action::kill_broker: return alive;
    case Action::break_line:
    case Action::break_answer:
    case Action::mend_line:
      return (is_broken(line_of(step)) || is_lied_about(line_of(step))) ==
             (step.action == Action::mend_line);
    case Action::fill_store: return !store_.full;
    case Action::empty_store: return store_.full;
    case Action::start_broker: return !alive;
  }
  return false;
}

std::size_t World::unheard() const {
  std::size_t count = 0;
  for (const FakeChip& chip : chips_) count += chip.news().size();
  return count;
}

bool World::allows_acquire(const Step& step) const {
  for (unsigned earlier = 0; earlier < step.client; ++earlier) {
    if (!has_anything(earlier) && !has_anything(step.client)) return false;
  }
  const core::ClientName name = connection_of(step.client).name;
  std::size_t leases = 0;
  for (const auto& [id, lease] : under_test_->broker.leases().all()) {
    if (client_of(lease.holder) == step.client) ++leases;
  }
  return leases < size_.leases_of_client &&
         under_test_->broker.queue().of_client(name).size() < size_.waits_of_client;
}

bool World::allows_use(const Step& step) const {
  const auto lease = lease_of(step);
  return lease && client_of(under_test_->broker.leases().find(*lease)->holder) == step.client;
}

/// The lease on the step's one line: the client's own if it has one there.
std::optional<core::LeaseId> World::lease_of(const Step& step) const {
  for (std::size_t i = 0; i < kModelLines.size(); ++i) {
    if ((step.lines >> i & 1U) == 0) continue;
    const auto leases = under_test_->broker.leases().on_line(kModelLines.at(i));
    const auto own = std::ranges::find_if(
        leases, [&](const core::Lease* each) { return client_of(each->holder) == step.client; });
    if (own != leases.end()) return (*own)->id;
    if (!leases.empty()) return leases.front()->id;
  }
  return std::nullopt;
}

bool World::has_anything(unsigned client) const {
  if (own_.contains(client)) return true;
  const auto is_its = [&](const core::Client& holder) { return client_of(holder) == client; };
  const core::ClientName name = connection_of(client).name;
  for (const auto& [id, lease] : under_test_->broker.leases().all()) {
    if (is_its(lease.holder) || lease.offered_to == name) return true;
  }
  return std::ranges::any_of(under_test_->broker.queue().all(),
                             [&](const auto& entry) { return is_its(entry.second.holder); });
}

}  // namespace gpiobroker::test
